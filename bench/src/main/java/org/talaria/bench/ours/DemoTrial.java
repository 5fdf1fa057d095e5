package org.talaria.bench.ours;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** Seconds of {@code ./talaria demo}, as a process of its own, once it is built. */
public final class DemoTrial implements Trial {
    private static final String LAUNCHER = "talaria.launcher";
    private static final long DEADLINE_SECONDS = 120;

    @Override
    public Timing run(long operations) throws Exception {
        Path launcher = launcher();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(launcher.toString(), "demo")
                .directory(launcher.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(launcher + " demo did not end within " + DEADLINE_SECONDS + " s");
        }
        long elapsed = System.nanoTime() - start;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(launcher + " demo ended with " + process.exitValue() + ": run it by hand");
        }
        return Timing.of(elapsed / 1e9, elapsed);
    }

    private static Path launcher() {
        String given = System.getProperty(LAUNCHER);
        if (given != null) {
            return Path.of(given).toAbsolutePath();
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path launcher = folder.resolve("talaria");
            if (Files.isRegularFile(launcher) && Files.isExecutable(launcher) && Files.exists(folder.resolve("pom.xml"))) {
                return launcher;
            }
        }
        throw new IllegalStateException("no ./talaria here or above: run inside a clone, or give -D" + LAUNCHER + "=FILE");
    }
}
