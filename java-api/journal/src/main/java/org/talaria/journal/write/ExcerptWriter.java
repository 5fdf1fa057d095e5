package org.talaria.journal.write;

import java.io.IOException;
import org.talaria.journal.store.BlockStore;
import org.talaria.journal.store.ExcerptHeader;
import org.talaria.journal.store.Scratch;

/** Appends excerpts of one epoch and counts them. The journaler's thread; the count any. */
final class ExcerptWriter {
    private final BlockStore store;
    private final int epoch;
    private final boolean sync;
    private final ExcerptHeader header = new ExcerptHeader();
    private volatile long bytes;

    ExcerptWriter(BlockStore store, int epoch, boolean sync) {
        this.store = store;
        this.epoch = epoch;
        this.sync = sync;
    }

    void append(int kind, int shard, long from, long to, long address, int lengthBytes) throws IOException {
        int written = store.append(header.of(kind, epoch, shard, from, to), address, lengthBytes);
        if (sync) {
            store.sync();
        }
        bytes += written;
    }

    void append(int kind, Scratch body) throws IOException {
        append(kind, -1, 0, 0, body.address(), body.length());
    }

    long bytes() {
        return bytes;
    }

    int epoch() {
        return epoch;
    }

    BlockStore store() {
        return store;
    }
}
