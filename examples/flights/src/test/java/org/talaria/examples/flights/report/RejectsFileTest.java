package org.talaria.examples.flights.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.examples.flights.input.Reject;

class RejectsFileTest {
    @TempDir
    private Path folder;

    @Test
    void liesBesideTheOutput() {
        assertEquals(folder.resolve("rejects.csv"), RejectsFile.beside(folder.resolve("out.csv")));
        assertEquals(Path.of("rejects.csv"), RejectsFile.beside(null));
        assertEquals(Path.of("rejects.csv"), RejectsFile.beside(folder));
    }

    @Test
    void listsLineAndReason() throws Exception {
        Path file = folder.resolve("rejects.csv");
        RejectsFile.write(file, List.of(new Reject(3, "NUL byte"), new Reject(7, "impossible date: \"x\", wanted")));
        assertEquals("line,reason\n3,NUL byte\n7,\"impossible date: \"\"x\"\", wanted\"\n", Files.readString(file));
    }

    @Test
    void isNotWrittenWithoutRejects() throws Exception {
        Path file = folder.resolve("rejects.csv");
        RejectsFile.write(file, List.of());
        assertFalse(Files.exists(file));
    }

    @Test
    void anOldOneGoesButNobodyElsesFile() throws Exception {
        Path ours = folder.resolve("rejects.csv");
        RejectsFile.write(ours, List.of(new Reject(3, "NUL byte")));
        RejectsFile.write(ours, List.of());
        assertFalse(Files.exists(ours));
        Files.writeString(ours, "somebody's notes\n");
        RejectsFile.write(ours, List.of());
        assertTrue(Files.exists(ours));
    }
}
