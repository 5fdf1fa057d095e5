package org.talaria.bench.baseline;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/**
 * One side as seen from the process that alternates: a {@link Resident} with a class path of its own and this process's flags, asleep between trials,
 * ended with this process. So the two sides take turns sample by sample, and the pings stand between as in every row.
 */
public final class Side implements AutoCloseable {
    /** Smaller than this process's: the trials make no garbage, and two of them stand beside it. */
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    /** Trials of a process. Then another one takes over: what the compiler made of the code by chance is a sample as well, and one process would be a single one. */
    private static final int TRIALS = 6;

    private final String name;
    private final long warmNs;
    private final ClassPath classPath;
    private int trials;
    private @Nullable Path alone;
    private @Nullable Process process;
    private @Nullable BufferedReader answers;
    private String engine = "";

    /** Where the classes of a side are. */
    @FunctionalInterface
    public interface ClassPath {
        /** As for {@code java -cp}. */
        String get() throws Exception;
    }

    /** A side by that name, each process of which runs trials for a time before one counts. */
    public Side(String name, Duration warmth, ClassPath classPath) {
        this.name = name;
        warmNs = warmth.toNanos();
        this.classPath = classPath;
    }

    /** Its trial at a payload: millions of messages a second. */
    public Trial trial(int payload) {
        return operations -> run(payload, operations);
    }

    /** Which engine runs there; starts the process where it does not run yet. */
    public String engine() throws Exception {
        start();
        return engine;
    }

    private Timing run(int payload, long operations) throws Exception {
        if (process == null || trials == TRIALS) {
            close();
            trials = 0;
            start();
            for (long begin = System.nanoTime(); System.nanoTime() - begin < warmNs; ) {
                ask(payload + " " + operations);
            }
        }
        trials++;
        String[] fields = ask(payload + " " + operations).split(" ");
        return Timing.of(Double.parseDouble(fields[0]), Long.parseLong(fields[1]));
    }

    /** The answer to a line. @throws IOException if the trial failed there, or the process ended */
    String ask(String line) throws Exception {
        OutputStream asks = start().getOutputStream();
        asks.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        asks.flush();
        String answer = next();
        if (answer.startsWith(Resident.FAILED)) {
            throw new IOException(name + " " + answer);
        }
        return answer;
    }

    private Process start() throws Exception {
        Process running = process;
        if (running != null) {
            return running;
        }
        Path beside = alone == null ? alone() : alone;
        alone = beside;
        running = new ProcessBuilder(command(classPath.get() + File.pathSeparator + beside))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = running;
        // Its input ends with this process anyway; but not while a trial of it holds a core
        Runtime.getRuntime().addShutdownHook(new Thread(running::destroyForcibly));
        answers = running.inputReader(StandardCharsets.UTF_8);
        String ready = next();
        if (!ready.startsWith(Resident.READY)) {
            throw new IOException(name + " began with '" + ready + "'");
        }
        engine = ready.substring(Resident.READY.length());
        return running;
    }

    /** Ends its process; another starts with the next trial. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            process = null;
        }
    }

    private String next() throws IOException, InterruptedException {
        BufferedReader reader = answers;
        Process running = process;
        String line = reader == null ? null : reader.readLine();
        if (line == null) {
            String code = running == null ? "" : " with exit code " + running.waitFor();
            throw new IOException(name + ": its process ended" + code + ", for the reason above");
        }
        return line;
    }

    private static List<String> command(String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-Xm") && !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.addAll(HEAP);
        command.addAll(List.of("-cp", classPath, Resident.class.getName()));
        return command;
    }

    /** A folder with that one class: what else lies beside it here must not come before, or beside, the side's own. */
    private static Path alone() throws IOException {
        String file = Resident.class.getName().replace('.', '/') + ".class";
        Path folder = Files.createTempDirectory("talaria-bench-resident-");
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = Side.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IOException("the class path lacks " + file);
            }
            Files.copy(in, target);
        }
        Deque<Path> made = new ArrayDeque<>();
        for (Path path = target; path != null && path.startsWith(folder); path = path.getParent()) {
            made.push(path);
        }
        // The last registered goes first: folders before what they hold
        made.forEach(path -> path.toFile().deleteOnExit());
        return folder;
    }
}
