package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.tests.support.Watchdog;

/** A native library that cannot be had: AUTO goes on with the Java engine and says why; NATIVE refuses. (What can be wrong with it: tests of the binding.) */
@ExtendWith(Watchdog.class)
class NativeLoadingTest {
    @TempDir
    Path folder;

    private List<String> run(String engine, String... flags) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(flags), Victim.class, engine, "", "close")) {
            List<String> lines = child.rest();
            if (engine.equals("NATIVE")) {
                assertNotEquals(0, child.exitCode(), lines::toString);
            } else {
                assertEquals(0, child.exitCode(), lines::toString);
                assertTrue(lines.contains("stopped after " + Victim.MESSAGES), lines::toString);
            }
            return lines;
        }
    }

    private void fallsBackOrRefuses(String named, String... flags) throws Exception {
        List<String> auto = run("AUTO", flags);
        String engine = auto.stream()
                .filter(line -> line.startsWith("engine "))
                .findFirst()
                .orElse("");
        assertTrue(engine.startsWith("engine JAVA") && engine.contains(named), auto::toString);
        long logged = auto.stream()
                .filter(line -> line.contains(named) && !line.startsWith("engine "))
                .count();
        assertEquals(1, logged, () -> "one logged line says why: " + auto);
        List<String> refused = run("NATIVE", flags);
        assertTrue(
                refused.stream().anyMatch(line -> line.contains("TalariaException") && line.contains(named)),
                refused::toString);
    }

    @Test
    void switchedOff() throws Exception {
        fallsBackOrRefuses("talaria.native.disable", "-Dtalaria.native.disable=true");
    }

    @Test
    void missing() throws Exception {
        Path missing = folder.resolve("libtalaria.so");
        fallsBackOrRefuses(missing.toString(), "-Dtalaria.native.library=" + missing);
    }

    @Test
    void damaged() throws Exception {
        Path damaged = folder.resolve("libtalaria.so");
        Files.write(damaged, new byte[100_000]);
        fallsBackOrRefuses(damaged.toString(), "-Dtalaria.native.library=" + damaged);
    }

    /** A library that loads and is none of ours. */
    @Test
    void ofAnotherMaking() throws Exception {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        fallsBackOrRefuses("talaria_abi_version", "-Dtalaria.native.library=" + other);
    }
}
