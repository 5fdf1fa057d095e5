package org.talaria.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talaria.journal.store.BlockStore;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.ExcerptHeader;

/** {@code Journal.sync}: each block is forced to the disk before anything behind it happens; without it none is. */
class SyncTest {
    /** Remembers what it was told. */
    private static final class Told implements BlockStore {
        private final List<String> calls = new ArrayList<>();

        @Override
        public int append(ExcerptHeader header, long address, int lengthBytes) {
            calls.add("append");
            return lengthBytes;
        }

        @Override
        public int segment() {
            return 1;
        }

        @Override
        public long segmentBytes() {
            return 0;
        }

        @Override
        public long excerpts() {
            return 0;
        }

        @Override
        public void roll() {
            calls.add("roll");
        }

        @Override
        public void release(int segment) {
            calls.add("release");
        }

        @Override
        public void sync() {
            calls.add("sync");
        }

        @Override
        public void check() {
            calls.add("check");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private static List<String> calls(boolean sync) throws IOException {
        Told told = new Told();
        ExcerptWriter writer = new ExcerptWriter(told, 1, sync);
        writer.append(ExcerptDescriptor.BLOCK, 0, 0, 64, 0, 64);
        writer.append(ExcerptDescriptor.TURNS, 0, 0, 64, 0, 64);
        return told.calls;
    }

    @Test
    void shouldForceEachExcerpt() throws IOException {
        assertEquals(List.of("append", "sync", "append", "sync"), calls(true));
    }

    @Test
    void shouldForceNothingUnasked() throws IOException {
        assertEquals(List.of("append", "append"), calls(false));
    }
}
