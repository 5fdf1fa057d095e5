package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.Talaria;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** The end of a process, clean and not. */
class ShutdownTest {
    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private ChildJvm victim(Fabric fabric, String end) throws IOException {
        return ChildJvm.start(List.of(), Victim.class, fabric.kind().name(), folder.toString(), end);
    }

    /** The shutdown hook closes: what was accepted is handled, actors are stopped, the region is removed. */
    @BothEngines
    void exitClosesCleanly(Fabric fabric) throws Exception {
        try (ChildJvm child = victim(fabric, "exit")) {
            List<String> lines = child.rest();
            assertEquals(0, child.exitCode(), lines::toString);
            assertTrue(lines.contains("stopped after " + Victim.MESSAGES), lines::toString);
            assertEquals(List.of(), files());
        }
    }

    /** A program that forgets to close still ends: no thread of the engine keeps the JVM, or the hook closes. */
    @BothEngines
    void aCloseInMainEndsTheProcess(Fabric fabric) throws Exception {
        try (ChildJvm child = victim(fabric, "close")) {
            List<String> lines = child.rest();
            assertEquals(0, child.exitCode(), lines::toString);
            assertTrue(lines.contains("stopped after " + Victim.MESSAGES), lines::toString);
            assertEquals(List.of(), files());
        }
    }

    /** A process that was killed leaves its files; the next engine there sweeps them, and no living one's. */
    @BothEngines
    void whatAKilledProcessLeftIsSwept(Fabric fabric) throws Exception {
        try (ChildJvm killed = victim(fabric, "wait");
                ChildJvm living = victim(fabric, "wait")) {
            killed.until("sent");
            living.until("sent");
            List<Path> before = files();
            assertFalse(before.isEmpty());
            killed.kill();
            Talaria talaria = fabric.open(config -> config.regionFolder(folder));
            int left = files().size();
            assertEquals(before.size(), left, () -> "one swept, one new, one living: " + before);
            talaria.close();
            assertEquals(before.size() / 2, files().size(), "the living one's stay");
        }
    }
}
