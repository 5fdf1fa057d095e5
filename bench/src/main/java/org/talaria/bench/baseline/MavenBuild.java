package org.talaria.bench.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** As the launcher builds, with the same JDK: offline if all is there, which an earlier state's libraries mostly are. */
final class MavenBuild implements Baseline.Build {
    private static final long DEADLINE_SECONDS = 600;

    @Override
    public void run(Path tree, boolean nativeEngine, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        if (!maven(tree, nativeEngine, true, log, progress) && !maven(tree, nativeEngine, false, log, progress)) {
            throw new IOException("the earlier state cannot be built: " + log + " says why");
        }
    }

    private static boolean maven(Path tree, boolean nativeEngine, boolean offline, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q"));
        if (offline) {
            command.add("-o");
        }
        command.addAll(List.of(
                "-DskipTests",
                "-Dcheckstyle.skip",
                "-Dspotless.check.skip",
                "-Dtalaria.native.skip=" + !nativeEngine,
                "-pl",
                "java-api/tool",
                "-am",
                "package"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "Maven cannot be run, which builds the earlier state: install it (Debian, Ubuntu: apt-get install maven)",
                    e);
        }
        return ended(process, offline, progress) && Files.isDirectory(tree.resolve("java-api/tool/target/lib"));
    }

    private static boolean ended(Process process, boolean offline, Consumer<String> progress)
            throws IOException, InterruptedException {
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        for (long seconds = 1; !process.waitFor(1, TimeUnit.SECONDS); seconds++) {
            progress.accept((offline ? ", " : ", online, ") + seconds + " s");
            if (seconds > DEADLINE_SECONDS) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("the earlier state was not built within " + DEADLINE_SECONDS + " s");
            }
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        return process.exitValue() == 0;
    }
}
