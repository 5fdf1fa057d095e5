package org.talaria.internal.engine;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * A shard's overflow on the Java engine (R16): what handlers sent while the ring was full, in order. The one worker appends and flushes, so there is no lock; the flag is
 * for outside producers, who see the shard as full (R17).
 */
final class Overflow {
    private final long shard;
    private final ClaimRing ring;
    private long buffer;
    private int capacity;
    private int from;
    private int to;

    Overflow(long shard, ClaimRing ring) {
        this.shard = shard;
        this.ring = ring;
    }

    long bytes() {
        return to - from;
    }

    void append(long records, int lengthBytes) {
        ensure(lengthBytes);
        Mem.copy(records, buffer + to, lengthBytes);
        to += lengthBytes;
        long spilled = 0;
        for (int at = 0; at < lengthBytes; at += RingDescriptor.align8(Mem.getInt(records + at))) {
            spilled++;
        }
        long count = shard + ShardDescriptor.SPILLED_OFFSET;
        Mem.putLongOrdered(count, Mem.getLong(count) + spilled);
        Mem.putLongOrdered(shard + ShardDescriptor.OVERFLOW_BYTES_OFFSET, to - from);
        Mem.putIntVolatile(shard + ShardDescriptor.OVERFLOW_FLAG_OFFSET, 1);
    }

    private void ensure(int lengthBytes) {
        if (lengthBytes <= capacity - to) {
            return;
        }
        int waiting = to - from;
        // Behind 2^30 the next power of two is no int
        int needed = waiting + lengthBytes > 1 << 30
                ? Integer.MAX_VALUE
                : Math.max(4_096, Integer.highestOneBit(waiting + lengthBytes - 1) << 1);
        long moved = Mem.allocate(needed);
        if (buffer != 0) {
            Mem.copy(buffer + from, moved, waiting);
            Mem.free(buffer);
        }
        buffer = moved;
        capacity = needed;
        from = 0;
        to = waiting;
    }

    /** Moves what fits into the ring, in order; clears the flag last. @return records moved */
    int flush() {
        int moved = 0;
        while (from < to) {
            int length = Mem.getInt(buffer + from);
            int aligned = RingDescriptor.align8(length);
            long claimed = ring.claim(aligned);
            if (claimed <= 0) {
                break;
            }
            Mem.copy(buffer + from + 4, claimed + 4, length - 4L);
            ClaimRing.commit(claimed, length);
            from += aligned;
            moved++;
        }
        Mem.putLongOrdered(shard + ShardDescriptor.OVERFLOW_BYTES_OFFSET, to - from);
        if (from == to) {
            from = 0;
            to = 0;
            Mem.putIntVolatile(shard + ShardDescriptor.OVERFLOW_FLAG_OFFSET, 0);
        }
        return moved;
    }

    void free() {
        if (buffer != 0) {
            Mem.free(buffer);
            buffer = 0;
            capacity = 0;
        }
    }
}
