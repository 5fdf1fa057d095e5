package org.talaria.internal.engine;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * A lane's overflow on the Java engine (R16): what handlers sent while the ring was full, in order. Its drainer flushes; that and others append. The flag is for outside producers,
 * who see the lane as full (R17).
 */
final class Overflow {
    private final Engine engine;
    private final int lane;
    private final long address;
    private long buffer;
    private int capacity;
    private int from;
    private int to;
    private long recordsWaiting;
    private final Delivery delivery;

    Overflow(Engine engine, int lane) {
        this.engine = engine;
        delivery = new Delivery(engine);
        this.lane = lane;
        address = engine.laneAddress(lane);
    }

    synchronized long bytes() {
        return to - from;
    }

    /** Records that wait. Behind a home word that was written before: none that was appended for the old home is missing (R19). */
    synchronized long waiting() {
        return recordsWaiting;
    }

    /**
     * Appends whole records up to the first whose target has moved: behind that one the same endpoint may be back, and would be overtaken (MOVE-2).
     *
     * @return bytes appended
     */
    synchronized int append(long records, int lengthBytes) {
        ensure(lengthBytes);
        int bytes = 0;
        long spilled = 0;
        // R16: the home word is read under the lock; a mover flushes under it after it has written the word
        while (bytes < lengthBytes && delivery.homeLane(records + bytes, lane) == lane) {
            bytes += RingDescriptor.align8(Mem.getInt(records + bytes));
            spilled++;
        }
        if (bytes != 0) {
            Mem.copy(records, buffer + to, bytes);
            to += bytes;
            count(spilled);
        }
        return bytes;
    }

    private void count(long spilled) {
        long count = address + ShardDescriptor.SPILLED_OFFSET;
        recordsWaiting += spilled;
        // Before the other: a barrier takes their difference for what has left
        Mem.putLongOrdered(address + ShardDescriptor.OVERFLOW_RECORDS_OFFSET, recordsWaiting);
        Mem.putLongOrdered(count, Mem.getLong(count) + spilled);
        Mem.putLongOrdered(address + ShardDescriptor.OVERFLOW_BYTES_OFFSET, to - from);
        Mem.putIntVolatile(address + ShardDescriptor.OVERFLOW_FLAG_OFFSET, 1);
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
    synchronized int flush() {
        ClaimRing ring = engine.laneRings()[lane];
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
        recordsWaiting -= moved;
        Mem.putLongOrdered(address + ShardDescriptor.OVERFLOW_RECORDS_OFFSET, recordsWaiting);
        Mem.putLongOrdered(address + ShardDescriptor.OVERFLOW_BYTES_OFFSET, to - from);
        if (from == to) {
            from = 0;
            to = 0;
            Mem.putIntVolatile(address + ShardDescriptor.OVERFLOW_FLAG_OFFSET, 0);
        }
        return moved;
    }

    synchronized void free() {
        if (buffer != 0) {
            Mem.free(buffer);
            buffer = 0;
            capacity = 0;
        }
    }
}
