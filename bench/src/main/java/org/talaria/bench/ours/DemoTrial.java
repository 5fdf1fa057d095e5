package org.talaria.bench.ours;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** Seconds of {@code ./talaria demo}, as a process of its own, once it is built. */
public final class DemoTrial implements Trial {
    /** Property that names the launcher. */
    public static final String LAUNCHER = "talaria.launcher";

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
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException(launcher + " demo did not end within " + DEADLINE_SECONDS + " s");
        }
        long elapsed = System.nanoTime() - start;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(launcher + " demo ended with " + process.exitValue() + ": run it by hand");
        }
        return Timing.of(elapsed / 1e9, elapsed);
    }

    /** Given, never searched for: what lies in or above the working directory need not be what is measured, and it builds where it lies. */
    private static Path launcher() {
        String given = System.getProperty(LAUNCHER);
        if (given == null) {
            throw new IllegalStateException("-D" + LAUNCHER
                    + "=FILE is not set: start this through ./talaria, or name the launcher of a built clone");
        }
        Path launcher = Path.of(given).toAbsolutePath();
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(
                    launcher + " cannot be executed: -D" + LAUNCHER + " must name ./talaria of a built clone");
        }
        return launcher;
    }
}
