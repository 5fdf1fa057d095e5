package org.talaria.bench.ours;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.monitor.RegionReader;
import org.talaria.internal.monitor.RunningEngines;

/** Somebody at {@code talaria top}, in a process of its own: reads all figures of this process's engine ten times a second and makes text of them. Between trials it does nothing. */
public final class Watcher implements AutoCloseable {
    private static final long INTERVAL_MS = 100;
    /** Views before the first trial: as of one who has been at it for a while. */
    private static final int WARM_VIEWS = 2_000;

    private static final String REST = "rest";
    private static final String RESTS = "rests ";
    private static final String WATCHES = "watches";

    private final Process process;
    private final BufferedReader answers;

    /** Starts the process. */
    Watcher() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-X") && !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Watcher.class.getName(),
                String.valueOf(ProcessHandle.current().pid())));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** From now on it watches the one engine of this process; returns when it has read it once. */
    void watch() throws IOException {
        ask("watch");
    }

    /** It rests. @return views since it watches */
    int rest() throws IOException {
        return Integer.parseInt(ask(REST).substring(RESTS.length()));
    }

    private String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the watcher has ended, for the reason above");
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: ends when its input does. */
    public static void main(String[] arguments) throws Exception {
        LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(asked), "asked");
        reader.setDaemon(true);
        reader.start();
        boolean warm = false;
        while (true) {
            asked.take();
            RegionReader region = find(Long.parseLong(arguments[0]));
            for (int view = 0; !warm && view < WARM_VIEWS; view++) {
                look(region);
            }
            warm = true;
            look(region);
            System.out.println(WATCHES);
            int views = 1;
            @Nullable String line = null;
            while (line == null) {
                line = asked.poll(INTERVAL_MS, TimeUnit.MILLISECONDS);
                if (line == null) {
                    look(region);
                    views++;
                }
            }
            System.out.println(RESTS + views);
        }
    }

    private static void look(RegionReader region) {
        if (!region.alive() || region.dump().isEmpty()) {
            throw new IllegalStateException("the engine has ended while it is watched");
        }
    }

    private static RegionReader find(long pid) throws IOException {
        List<Path> regions = RunningEngines.find().stream()
                .filter(path -> RunningEngines.pidOf(path) == pid)
                .toList();
        if (regions.size() != 1) {
            throw new IOException("not the one engine of process " + pid + ": " + regions);
        }
        return RegionReader.open(regions.get(0));
    }

    private static void read(LinkedBlockingQueue<String> asked) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.add(line);
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
