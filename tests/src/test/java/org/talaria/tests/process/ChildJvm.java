package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for what a test cannot do to itself: exit, die, run with other flags. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a main class on this test's class path. */
    static ChildJvm start(List<String> flags, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(inherited());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Flags without which this JDK warns, and where the native library is cached. */
    private static List<String> inherited() {
        List<String> flags = new ArrayList<>();
        if (Runtime.version().feature() >= 22) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 23) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        String cache = System.getProperty("talaria.native.cache");
        if (cache != null) {
            flags.add("-Dtalaria.native.cache=" + cache);
        }
        return flags;
    }

    /** Reads until a line starts with {@code start}; gives the rest of it. */
    String until(String start) throws IOException {
        while (true) {
            String line = output.readLine();
            assertNotNull(line, () -> "ended without \"" + start + "\": " + lines);
            lines.add(line);
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
    }

    /** Reads to the end and waits for the process; gives everything it wrote. */
    List<String> rest() throws IOException, InterruptedException {
        String line;
        while ((line = output.readLine()) != null) {
            lines.add(line);
        }
        process.waitFor();
        return lines;
    }

    int exitCode() {
        return process.exitValue();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
