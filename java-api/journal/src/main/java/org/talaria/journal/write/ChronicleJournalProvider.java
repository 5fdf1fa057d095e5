package org.talaria.journal.write;

import java.io.IOException;
import java.nio.file.Path;
import org.talaria.TalariaException;
import org.talaria.internal.journal.JournalProvider;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.journal.JournalWriter;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.journal.Journal;
import org.talaria.journal.read.LastEpoch;
import org.talaria.journal.store.BlockStore;
import org.talaria.journal.store.ChronicleStore;

/** Journals on Chronicle Queue; found by the core through {@code ServiceLoader}. Any thread. */
public final class ChronicleJournalProvider implements JournalProvider {
    /** For {@code ServiceLoader}. */
    public ChronicleJournalProvider() {}

    @Override
    public JournalWriter open(Journal journal, JournalSource source) {
        RegionView region = new RegionView(source.regionAddress());
        BlockStore store =
                ChronicleStore.open(journal.path(), journal.reserveBytes(), largestBody(region), journal.rollBytes());
        try {
            int epoch = last(journal.path(), store.segment()) + 1;
            return new Journaler(
                    new Duty(journal, source, region, new ExcerptWriter(store, epoch, journal.sync())), source);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static int largestBody(RegionView region) {
        int record = region.intAt(RegionDescriptor.MAX_MESSAGE_BYTES_OFFSET)
                + RecordDescriptor.headerBytes(RecordDescriptor.EXTENSIONS);
        return Math.max(2 * ShardFollower.BLOCK_BYTES, record + 64);
    }

    private static int last(Path path, int before) {
        try {
            return LastEpoch.before(path, before);
        } catch (IOException e) {
            throw new TalariaException(
                    "the last segment of the journal " + path + " cannot be read: " + e.getMessage()
                            + ". Give a new folder with Journal.at(…), and look into this one with talaria verify",
                    e);
        }
    }
}
