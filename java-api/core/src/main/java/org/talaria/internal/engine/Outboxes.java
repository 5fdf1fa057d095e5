package org.talaria.internal.engine;

import org.talaria.Outcome;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * What the handlers of one worker sent in this turn: one off-heap buffer of whole records a target shard (P2).
 *
 * <p>Flush: one claim a range of at most an eighth of the ring, copied with the first length last; where the ring is full or the shard's overflow waits, everything
 * that is left goes behind it into the overflow (R16), so that the order of a sender holds.
 */
final class Outboxes {
    private static final int FIRST_BYTES = 4 << 10;

    private final Engine engine;
    private final ClaimRing[] rings;
    private final long[] buffers;
    private final int[] capacities;
    private final int[] used;
    private final int[] touched;
    private final int rangeBytes;
    private int touchedCount;

    Outboxes(Engine engine) {
        this.engine = engine;
        rings = engine.rings();
        int shards = rings.length;
        buffers = new long[shards];
        capacities = new int[shards];
        used = new int[shards];
        touched = new int[shards];
        rangeBytes = engine.layout().ringCapacity() / 8;
    }

    /** Whether records may be gathered for a shard, all or none; takes the places in a bounded mailbox if so. */
    Outcome room(Cell<?> to, int shard, int lengthBytes, int count, boolean must) {
        long waiting = engine.overflowBytes(shard) + used[shard];
        if (waiting + lengthBytes > engine.overflowHardBytes()) {
            return Outcome.BACK_PRESSURED;
        }
        boolean full = !must
                && to.policy() != Cell.POLICY_BLOCK
                && (engine.overflowing(shard) || !hasRoom(rings[shard], used[shard] + lengthBytes));
        if (to.bounded() && !full) {
            full = !Envelope.take(to.row(), to.capacity(), count, must);
            if (full && to.policy() == Cell.POLICY_BLOCK) {
                Envelope.takeAnyway(to.row(), count);
                full = false;
            }
        }
        if (!full) {
            return Outcome.ACCEPTED;
        }
        return to.policy() == Cell.POLICY_FAIL ? Outcome.BACK_PRESSURED : Outcome.DROPPED;
    }

    private static boolean hasRoom(ClaimRing ring, int lengthBytes) {
        return ring.tail() - ring.head() + lengthBytes + 64 <= ring.capacityBytes();
    }

    /** Space for a record behind what was gathered for the shard. */
    long append(int shard, int alignedBytes) {
        int at = used[shard];
        if (at == 0) {
            touched[touchedCount++] = shard;
        }
        if (at + alignedBytes > capacities[shard]) {
            grow(shard, at + alignedBytes);
        }
        used[shard] = at + alignedBytes;
        return buffers[shard] + at;
    }

    private void grow(int shard, int needed) {
        int capacity = Math.max(FIRST_BYTES, Integer.highestOneBit(needed - 1) << 1);
        long buffer = Mem.allocate(capacity);
        if (buffers[shard] != 0) {
            Mem.copy(buffers[shard], buffer, used[shard]);
            Mem.free(buffers[shard]);
        }
        buffers[shard] = buffer;
        capacities[shard] = capacity;
    }

    void flush(Turn turn) {
        for (int i = 0; i < touchedCount; i++) {
            int shard = touched[i];
            int bytes = used[shard];
            used[shard] = 0;
            send(turn, shard, buffers[shard], bytes);
        }
        touchedCount = 0;
    }

    private void send(Turn turn, int shard, long from, int bytes) {
        long end = from + bytes;
        long at = from;
        while (at < end) {
            int range = range(at, end);
            // pairs with the flag's seq_cst store under the overflow's lock: what this endpoint spilled before is still
            // ahead
            long claimed = engine.overflowing(shard) ? 0 : rings[shard].claim(range);
            if (claimed == 0) {
                engine.spill(turn, shard, at, (int) (end - at));
                return;
            }
            copy(at, claimed, range);
            engine.published(shard);
            at += range;
        }
    }

    /** Whole records from {@code at} on, at most a range. */
    private int range(long at, long end) {
        int range = 0;
        while (at + range < end) {
            int next = RingDescriptor.align8(Mem.getInt(at + range));
            if (range > 0 && range + next > rangeBytes) {
                break;
            }
            range += next;
        }
        return range;
    }

    /** Everything but the first length, then that (release): the drainer stops at the first record until all are there. */
    private static void copy(long from, long to, int bytes) {
        Mem.putInt(to + RecordDescriptor.TYPE_OFFSET, Mem.getInt(from + RecordDescriptor.TYPE_OFFSET));
        Mem.copy(from + 8, to + 8, bytes - 8L);
        ClaimRing.commit(to, Mem.getInt(from));
    }

    /** Frees the buffers. After the worker has stopped. */
    void free() {
        for (int i = 0; i < buffers.length; i++) {
            if (buffers[i] != 0) {
                Mem.free(buffers[i]);
                buffers[i] = 0;
                capacities[i] = 0;
            }
        }
    }
}
