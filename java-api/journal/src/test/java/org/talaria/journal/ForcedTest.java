package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.journal.store.Segments;

/** {@code Journal.sync}, down to the system call, as the flight recorder sees it: the file that has the excerpts is forced to the disk. */
class ForcedTest {
    private static final String FORCED = "jdk.FileForce";

    @TempDir
    Path folder;

    /** Runs an engine on paper, and tells which files were forced, each as often as it was. */
    private List<String> forced(boolean sync) throws IOException {
        Path journal = folder.resolve("journal-" + sync);
        Path recorded = folder.resolve(sync + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(FORCED).withoutThreshold().withoutStackTrace();
            recording.start();
            FakeEngine engine = new FakeEngine(Journal.at(journal).sync(sync), 1, 2, 1, 64 << 10);
            engine.spawn(4);
            engine.run(1_000);
            engine.close();
            recording.stop();
            recording.dump(recorded);
        }
        return RecordingFile.readAllEvents(recorded).stream()
                .filter(event -> event.getEventType().getName().equals(FORCED))
                .map(ForcedTest::path)
                .filter(path -> path.startsWith(journal.toString()))
                .toList();
    }

    private static String path(RecordedEvent event) {
        return event.getString("path");
    }

    @Test
    void shouldForceTheFileThatHasTheExcerpts() throws IOException {
        List<String> forced = forced(true);
        Path file = Segments.file(folder.resolve("journal-true"), 1);
        assertTrue(Files.size(file) > 0);
        // Start, what is spoken of, blocks, turns, the end: one each at least
        assertTrue(forced.size() >= 5, forced::toString);
        assertEquals(List.of(file.toString()), forced.stream().distinct().toList());
    }

    @Test
    void shouldForceNothingUnasked() throws IOException {
        assertEquals(List.of(), forced(false));
    }
}
