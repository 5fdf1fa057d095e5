package org.talaria.bench.command;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.talaria.bench.Main;

/**
 * A benchmark in a JVM of its own, so that what the compiler learned of one does not make another slower or faster. All forks have the same flags: this process's,
 * a heap of one size that is touched from the start, what Chronicle needs, and no bounds checks in Agrona (the peer's own best setting).
 */
final class Fork {
    private static final String CHRONICLE_FLAGS = "/org/talaria/journal/store/chronicle.jvmargs";
    private static final List<String> FLAGS =
            List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-Dagrona.disable.bounds.checks=true");

    private Fork() {}

    /**
     * Runs a command of {@link Main} in a fork that writes a file of lines.
     *
     * @param deadlineSeconds how long it may take
     * @throws IOException if it ended badly
     */
    static List<String> lines(long deadlineSeconds, String... arguments) throws IOException, InterruptedException {
        Path file = Files.createTempFile("talaria-bench-", ".tsv");
        try {
            List<String> command = command(arguments);
            command.add("--out");
            command.add(file.toString());
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Who stops the first process means the fork as well: it would spin on, unseen.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            if (!process.waitFor(deadlineSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("it did not end within " + deadlineSeconds + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with exit code " + process.exitValue() + ", for the reason above");
            }
            return Files.readAllLines(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<String> command(String... arguments) throws IOException {
        Set<String> flags = new LinkedHashSet<>();
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-Xm") && !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
                flags.add(flag);
            }
        }
        flags.addAll(chronicleFlags());
        flags.addAll(FLAGS);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-D" + Progress.TERMINAL + "=" + (System.console() != null));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> chronicleFlags() throws IOException {
        try (InputStream in = Fork.class.getResourceAsStream(CHRONICLE_FLAGS)) {
            if (in == null) {
                throw new IOException("the class path lacks talaria-journal: " + CHRONICLE_FLAGS + " is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }
}
