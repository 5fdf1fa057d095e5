package org.talaria.bench.ours;

import java.nio.file.Path;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.TemporaryFolder;
import org.talaria.journal.Journal;

/** Journaled bytes a second: from the first tell to the return of the flush. */
public final class JournalTrial implements Trial {
    private static final int HEADERS = 24;
    private static final int ALIGNMENT = 8;

    private final int payload;

    /** With messages of a payload. */
    public JournalTrial(int payload) {
        this.payload = payload;
    }

    /** Bytes that a message's record takes in ring and journal. */
    public static int recordBytes(int payload) {
        return (HEADERS + payload + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Megabytes a second. */
    @Override
    public Timing run(long operations) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path path = folder.path().resolve("journal");
            Check check = new Check();
            try (TellPipe pipe = new TellPipe(
                    check, payload, TellPipe.Way.CLAIM, 1, Ours.config().journal(Journal.at(path)))) {
                check.expect(operations);
                long start = System.nanoTime();
                pipe.send(0, operations);
                pipe.flushJournal();
                long elapsed = System.nanoTime() - start;
                check.await();
                return Timing.of(operations * recordBytes(payload) * 1e3 / elapsed, elapsed);
            }
        }
    }
}
