package org.talaria.tests.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/**
 * The C++ claim code against Agrona's class, byte for byte: {@code native/test/test_ring_oracle.cpp} does what {@link AgronaTrace} wrote down. ctest runs it too, under
 * the sanitizers as well, with the trace that is committed.
 */
class NativeRingOracleTest {
    private static final Path HOME = Path.of(System.getProperty("talaria.tests.home", "."));
    private static final Path NATIVE = HOME.resolve("../native");

    /** Positions where an int, an unsigned int or a sign would overflow. */
    private static final long[] POSITIONS = {
        0,
        (1L << 31) - 1_024,
        (1L << 31) - 8,
        (1L << 32) - 1_024,
        (1L << 32) - 520,
        (1L << 33) + 24,
        (1L << 62) - 512,
        Long.MAX_VALUE / 8 * 8 - (1L << 24)
    };

    @TempDir
    Path folder;

    private static String trace(Random random, int steps, int... capacities) {
        StringBuilder text = new StringBuilder();
        for (int capacity : capacities) {
            for (long position : POSITIONS) {
                text.append(AgronaTrace.of(capacity, position, random, steps));
            }
        }
        return text.toString();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + said);
        return said;
    }

    private Path program() throws IOException, InterruptedException {
        Path program = folder.resolve("test_ring_oracle");
        run(List.of(
                System.getenv().getOrDefault("CXX", "c++"),
                "-std=c++20",
                "-I" + NATIVE.resolve("src"),
                "-I" + NATIVE.resolve("test"),
                NATIVE.resolve("test/test_ring_oracle.cpp").toString(),
                "-o",
                program.toString()));
        return program;
    }

    @NativeOnly
    void randomStepsGiveTheSameBytesInCpp() throws IOException, InterruptedException {
        Random random = new Random(Seeds.of("randomStepsGiveTheSameBytesInCpp"));
        Path trace = Files.writeString(folder.resolve("trace.txt"), trace(random, Scale.of(400), 1_024, 8_192));
        String said = run(List.of(program().toString(), trace.toString()));
        assertTrue(said.contains(Scale.of(400) * 2 * POSITIONS.length + " steps on "), said);
    }

    /** What ctest replays is what this Agrona does. */
    @Test
    void theCommittedTraceIsAgronas() throws IOException {
        Path file = NATIVE.resolve("test/data/agrona-ring.txt");
        String now = "# What Agrona's ring does: written by org.talaria.tests.ring.AgronaTrace, seed 31\n"
                + trace(new Random(31), 120, 1_024);
        List<String> committed = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        if (!committed.equals(now.lines().toList())) {
            Path written = Path.of(System.getProperty("talaria.tests.work", "target"), "agrona-ring.txt");
            Files.writeString(written, now);
            throw new AssertionError(file + " is not what Agrona does. What it does: " + written + ": copy it there");
        }
    }
}
