package org.talaria.journal;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;

/** One producer's way into a ring of a {@link FakeRegion}. */
final class FakeRing {
    private final long data;
    private final int capacity;
    private long tail;

    FakeRing(long data, int capacity) {
        this.data = data;
        this.capacity = capacity;
    }

    private long head() {
        return Mem.getLongVolatile(data + capacity + RingDescriptor.HEAD_OFFSET);
    }

    /** Claims room for a record of this length; 0 if the ring is full. */
    long claim(int lengthBytes) {
        int space = RingDescriptor.align8(lengthBytes);
        int index = (int) (tail & capacity - 1);
        int padding = index + space > capacity ? capacity - index : 0;
        if (tail + padding + space - head() > capacity) {
            return 0;
        }
        long claimed = tail + padding;
        if (Mem.getInt(data + (claimed & capacity - 1)) != 0) {
            throw new AssertionError("the space at position " + claimed + " was given back without being zeroed");
        }
        Mem.putLongVolatile(data + capacity + RingDescriptor.TAIL_OFFSET, claimed + space);
        if (padding > 0) {
            Mem.putInt(data + index + 4, RingDescriptor.PADDING_TYPE);
            Mem.putIntVolatile(data + index, padding);
        }
        tail = claimed + space;
        return data + (claimed & capacity - 1);
    }

    void commit(long record, int lengthBytes) {
        Mem.putIntVolatile(record, lengthBytes);
    }

    long tail() {
        return tail;
    }

    long data() {
        return data;
    }

    int capacity() {
        return capacity;
    }

    /** Gives space back. */
    void head(long from, long to) {
        for (long at = from; at < to; at += 8) {
            Mem.putLong(data + (at & capacity - 1), 0);
        }
        Mem.putLongOrdered(data + capacity + RingDescriptor.HEAD_OFFSET, to);
    }
}
