package org.talaria.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.journal.store.Scratch;

/** What one handling sent: copies of the records, for their memory is the turn's. One thread. */
final class Caught {
    private static final int FIRST_BYTES = 16 << 10;

    private final Scratch bytes = new Scratch(FIRST_BYTES);

    void clear() {
        bytes.clear();
    }

    /** Adds whole records. */
    void add(long records, int lengthBytes) {
        bytes.putBytes(records, lengthBytes);
    }

    /** The records by their sequence, those of one sender left out: shards are flushed one after the other, not in the order sent. */
    List<Long> inOrder(int without) {
        List<Long> records = new ArrayList<>();
        long at = bytes.address();
        long end = at + bytes.length();
        while (at < end) {
            if (Mem.getInt(at + RecordDescriptor.SENDER_OFFSET) != without) {
                records.add(at);
            }
            at += RingDescriptor.align8(Mem.getInt(at));
        }
        if (records.size() > 1) {
            records.sort(Comparator.comparingInt(record -> Mem.getInt(record + RecordDescriptor.SEQUENCE_OFFSET)));
        }
        return records;
    }
}
