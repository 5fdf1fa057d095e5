package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.TalariaException;
import org.talaria.journal.read.JournalReader;
import org.talaria.journal.store.JournalFolder;

/** A folder that cannot be used is refused with its cause and the remedy. */
class FolderFaultsTest {
    @TempDir
    Path folder;

    private static FakeEngine open(Path path) {
        return new FakeEngine(Journal.at(path), 1, 1, 1, 64 << 10);
    }

    private static void assertRefused(Path path, String... words) {
        TalariaException refused =
                assertThrows(TalariaException.class, () -> open(path).close());
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    @Test
    void shouldRefuseASecondEngine() {
        FakeEngine first = open(folder);
        assertRefused(
                folder,
                "being written by another engine",
                "process " + ProcessHandle.current().pid(),
                "folder of its own");
        first.close();
        open(folder).close();
    }

    @Test
    void shouldRefuseASecondProcess() throws IOException, InterruptedException {
        try (JournalFolder taken = JournalFolder.take(folder)) {
            Process child = ChildJvm.start(KilledWriter.class, taken.path().toString(), "ASYNC", "1");
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor() != 0 && output.contains("being written by another engine"), output);
        }
    }

    @Test
    void shouldRefuseAFolderThatCannotBeWritten() throws IOException {
        // Not even root makes a folder there.
        assertRefused(Path.of("/proc/talaria-journal"), "cannot write the journal", "Journal.at");
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(file, "cannot write the journal");
    }

    @Test
    void shouldRefuseAnotherVersion() throws IOException {
        open(folder).close();
        Files.writeString(folder.resolve("talaria-journal"), "talaria-journal 99\n");
        assertRefused(folder, "talaria-journal 99", "use the version that wrote it");
        assertThrows(TalariaException.class, () -> JournalReader.open(folder));
    }

    @Test
    void shouldRefuseAFolderOfSomethingElse() throws IOException {
        Files.createDirectory(folder.resolve("segment-00000001"));
        assertRefused(folder, "not a journal");
        TalariaException refused =
                assertThrows(TalariaException.class, () -> JournalReader.open(folder.resolve("nowhere")));
        assertTrue(refused.getMessage().contains("is no journal"), refused.getMessage());
    }

    /** Even where it has a file by the name of our lock. */
    @Test
    void shouldLeaveAForeignFolderAsItIs() throws IOException {
        Path lock = Files.writeString(folder.resolve("lock"), "precious");
        assertRefused(folder, "not a journal", "[lock]", "a new or an empty folder");
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertRefused(folder, "[lock, thesis.txt]");
        assertEquals("precious", Files.readString(lock));
        assertEquals(2, folder.toFile().list().length);
    }

    @Test
    void shouldTakeWhatAWriterLeftThatDiedAtOnce() throws IOException {
        Files.writeString(folder.resolve("lock"), "process 4711");
        open(folder).close();
    }

    @Test
    void shouldNameTheArgumentFileWhenAFlagIsMissing() throws IOException, InterruptedException {
        Process child = ChildJvm.start(List.of(), KilledWriter.class, folder.toString(), "ASYNC", "1");
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, child.waitFor(), output);
        assertTrue(output.contains("TalariaException") && output.contains("java @chronicle.jvmargs"), output);
        assertTrue(output.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"), output);
    }
}
