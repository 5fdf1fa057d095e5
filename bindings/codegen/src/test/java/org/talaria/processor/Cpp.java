package org.talaria.processor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The C++ compiler of the machine. */
final class Cpp {
    private static final String COMPILER = System.getProperty("talaria.cxx", "g++");
    private static final String INCLUDE = System.getProperty("talaria.include", "../../native/include");
    private static final long TIMEOUT_SECONDS = 120;

    private Cpp() {}

    /** Skips the test where there is no compiler, and says so. */
    static void assumeThere() {
        boolean there;
        try {
            there = new ProcessBuilder(COMPILER, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Assumptions.assumeTrue(
                there,
                "skipped: no C++ compiler " + COMPILER
                        + "; install g++ (Debian: apt-get install g++), or set -Dtalaria.cxx");
    }

    /** Compiles with every warning as an error; returns the program. */
    static Path compile(Path folder, String source, String program) throws IOException, InterruptedException {
        run(
                folder,
                COMPILER,
                "-std=c++20",
                "-O0",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-I" + folder,
                "-I" + Path.of(INCLUDE).toAbsolutePath().normalize(),
                "-o",
                program,
                source);
        return folder.resolve(program);
    }

    /** Runs to its end. @throws AssertionError with its output if it fails */
    static void run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " did not end in " + TIMEOUT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(List.of(command) + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
        }
    }
}
