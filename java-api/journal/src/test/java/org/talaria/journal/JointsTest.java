package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.JournalReader;
import org.talaria.journal.store.Segments;
import org.talaria.journal.verify.Verdict;

/** Files that were cut, emptied or lost, at the joint of two epochs too: the later one says how many excerpts stood before it. */
class JointsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void twoEpochs() {
        epoch(1);
        epoch(2);
        assertEquals(Verdict.Result.PROVED, HealthyJournalTest.verify(folder).result());
    }

    private void epoch(int seed) {
        try (FakeEngine engine = new FakeEngine(Journal.at(folder), seed, 2, 1, 64 << 10)) {
            engine.spawn(4);
            engine.run(500);
            engine.drain();
        }
    }

    private Path file(int segment) throws IOException {
        return Segments.file(folder, segment);
    }

    private void assertVerdict(Verdict.Result result, String word) {
        Verdict verdict = HealthyJournalTest.verify(folder);
        assertEquals(result, verdict.result(), verdict::text);
        assertTrue(verdict.text().contains(word), verdict::text);
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private long lastExcerpt(int segment) {
        long last = 0;
        try (JournalReader reader = JournalReader.open(folder)) {
            for (Excerpt excerpt = reader.next(); excerpt != null; excerpt = reader.next()) {
                last = excerpt.segment() == segment ? excerpt.fileOffset() : last;
            }
        }
        return last;
    }

    @Test
    void shouldRefuteAnEarlierEpochWithoutItsEnd() throws IOException {
        cut(file(1), lastExcerpt(1) - 4);
        assertVerdict(Verdict.Result.REFUTED, "segment 1, file offset 0: it has");
    }

    @Test
    void shouldRefuteAnEmptiedEpoch() throws IOException {
        cut(file(1), 0);
        assertVerdict(Verdict.Result.REFUTED, "it has 0 excerpts left of");
    }

    @Test
    void shouldRefuteAnEpochWhoseFileIsLost() throws IOException {
        Files.delete(file(1));
        assertVerdict(Verdict.Result.REFUTED, "it has 0 excerpts left of");
    }

    @Test
    void shouldRefuteAnEpochWhoseFolderIsLost() throws IOException {
        Segments.delete(folder, 1);
        assertVerdict(Verdict.Result.REFUTED, "segments 1 to 1 are missing");
    }

    /** Nothing stands behind it that could say what it had. */
    @Test
    void shouldNotProveALastSegmentThatIsEmpty() throws IOException {
        cut(file(2), 0);
        assertVerdict(Verdict.Result.PROVED_UP_TO, "segment 2: nothing is in it");
        Files.delete(file(2));
        assertVerdict(Verdict.Result.PROVED_UP_TO, "segment 2: nothing is in it");
    }

    /** A writer died as it began: the next one says that it knows of it. */
    @Test
    void shouldProveBehindASegmentThatWasEmptyFromTheFirst() throws IOException {
        Files.createDirectory(Segments.folder(folder, 3));
        epoch(3);
        Verdict verdict = HealthyJournalTest.verify(folder);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict::text);
        assertEquals(3, verdict.figures().epochs());
    }
}
