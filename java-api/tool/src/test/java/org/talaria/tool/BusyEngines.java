package org.talaria.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;

/** A process with two engines, one of each kind, or two Java ones where there is no native library: in each an endpoint is in the middle of a message, and one has thrown. */
final class BusyEngines implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private BusyEngines(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one; its regions are in this folder. */
    static BusyEngines in(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), BusyEngines.class.getName(), folder.toString()));
        BusyEngines engines = new BusyEngines(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String line = engines.output.readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the engines are not ready: " + line);
        }
        return engines;
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9}, or a person's Ctrl-C: nothing is tidied up. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    /** The process: lives until it is killed, or who started it has ended. */
    public static void main(String[] args) throws Exception {
        List<Talaria> engines = new ArrayList<>();
        for (EngineKind kind : List.of(EngineKind.JAVA, EngineKind.AUTO)) {
            Talaria talaria = Talaria.open(TalariaConfig.config()
                    .engine(kind)
                    .workers(1)
                    .shards(2)
                    .ringCapacityBytes(64 << 10)
                    .maxEndpoints(4_096)
                    .regionFolder(Path.of(args[0]))
                    .stallThreshold(Duration.ofMillis(1))
                    .onDeadLetter(letter -> {})
                    .onError(error -> {}));
            engines.add(talaria);
            keepBusy(talaria);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until nobody is there any more
        }
        Runtime.getRuntime().halt(engines.size());
    }

    private static void keepBusy(Talaria talaria) {
        talaria.actor("bad", String.class, message -> {
                    throw new IllegalStateException("on purpose");
                })
                .tell("throw")
                .orThrow();
        if (!talaria.quiesce(Duration.ofMinutes(1))) {
            throw new IllegalStateException("not quiet");
        }
        talaria.actor("busy", String.class, message -> new CountDownLatch(1).await())
                .tell("wait")
                .orThrow();
        while (talaria.monitor().snapshot().counters().get("stalls") == 0) {
            Thread.onSpinWait();
        }
    }
}
