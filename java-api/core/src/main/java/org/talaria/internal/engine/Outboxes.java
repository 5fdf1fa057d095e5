package org.talaria.internal.engine;

import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
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
    private final long hardBytes;
    private final long rows;
    private int touchedCount;
    /** Bytes of each that a flush has sent. */
    private final int[] sent;

    Outboxes(Engine engine) {
        this.engine = engine;
        rings = engine.rings();
        rows = engine.region().rows();
        int shards = rings.length;
        buffers = new long[shards];
        capacities = new int[shards];
        used = new int[shards];
        touched = new int[shards];
        sent = new int[shards];
        rangeBytes = engine.layout().ringCapacity() / 8;
        // Offsets into one buffer are ints
        hardBytes = Math.min(engine.overflowHardBytes(), Integer.MAX_VALUE - (64 << 10));
    }

    /** Whether records may be gathered for a shard, all or none; takes the places in a bounded mailbox if so. */
    Outcome room(Cell<?> to, int shard, int lengthBytes, int count, boolean must) {
        long waiting = (long) used[shard] + lengthBytes;
        if (engine.overflowing(shard)) {
            waiting += engine.overflowBytes(shard);
        }
        if (waiting > hardBytes) {
            return Outcome.BACK_PRESSURED;
        }
        if (to.unlimited()) {
            return Outcome.ACCEPTED;
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

    /**
     * Where a record of so many bytes goes, behind what was gathered for the shard; its length is written. It counts only when {@link #keep} says so. Gives the place in a bounded
     * mailbox back if there is no memory.
     */
    long place(Cell<?> to, int shard, int length) {
        int at = used[shard];
        int end = at + RingDescriptor.align8(length);
        if (end > capacities[shard]) {
            try {
                grow(shard, end);
            } catch (Throwable e) {
                if (to.bounded()) {
                    Envelope.giveBack(to.row(), 1);
                }
                throw e;
            }
        }
        long record = buffers[shard] + at;
        Mem.putInt(record, length);
        return record;
    }

    /** The same behind others, for an unlimited endpoint, where there is room at once and no overflow; length and type are written. @return 0 if not */
    long placeLike(int shard, long lengthWord) {
        int at = used[shard];
        int end = at + RingDescriptor.align8((int) lengthWord);
        if (at == 0 || end > capacities[shard] || end > hardBytes || engine.overflowing(shard)) {
            return 0;
        }
        long record = buffers[shard] + at;
        Mem.putLong(record, lengthWord);
        return record;
    }

    /**
     * The record that was placed last is whole but for its type and payload: it counts. Further down the stack than what its caller does next, so that a stack that ends does so
     * here, or not at all: a record that counts has a number. Compiled code has none of these frames.
     */
    void keep(int shard, int length) {
        keepTwoBelow(shard, length);
    }

    private void keepTwoBelow(int shard, int length) {
        keepOneBelow(shard, length);
    }

    private void keepOneBelow(int shard, int length) {
        keepBelow(shard, length);
    }

    private void keepBelow(int shard, int length) {
        int at = used[shard];
        int end = at + RingDescriptor.align8(length);
        if (at == 0) {
            touched[touchedCount++] = shard;
        }
        used[shard] = end;
    }

    private void grow(int shard, int needed) {
        // Behind 2^30 the next power of two is no int
        int capacity =
                needed > 1 << 30 ? Integer.MAX_VALUE : Math.max(FIRST_BYTES, Integer.highestOneBit(needed - 1) << 1);
        long buffer = Mem.allocate(capacity);
        if (buffers[shard] != 0) {
            Mem.copy(buffers[shard], buffer, used[shard]);
            Mem.free(buffers[shard]);
        }
        buffers[shard] = buffer;
        capacities[shard] = capacity;
    }

    void flush(Turn turn) {
        while (touchedCount > 0) {
            // Off the list first: what listeners of dead letters send to shards not touched before is put on it
            int shard = touched[--touchedCount];
            try {
                flush(turn, shard);
            } finally {
                // What was thrown out of here comes again; what was sent does not
                if (used[shard] != 0) {
                    touched[touchedCount++] = shard;
                }
            }
        }
    }

    private void flush(Turn turn, int shard) {
        // Listeners of dead letters may send meanwhile: that goes behind
        while (sent[shard] < used[shard]) {
            try {
                send(turn, shard);
            } catch (Throwable e) {
                lose(turn, shard, e);
            }
        }
        sent[shard] = 0;
        used[shard] = 0;
    }

    private void send(Turn turn, int shard) {
        while (sent[shard] < used[shard]) {
            long from = buffers[shard] + sent[shard];
            int range = range(shard);
            // pairs with the flag's seq_cst store under the overflow's lock: what this endpoint spilled before is still
            // ahead
            long claimed = engine.overflowing(shard) ? ClaimRing.FULL : rings[shard].claim(range);
            if (claimed == ClaimRing.FULL_PADDED) {
                engine.published(shard);
            }
            if (claimed > 0 && !allAt(shard, from, range)) {
                // R15: the second read. The overflow sorts out who moved.
                ClaimRing.abort(claimed, range);
                engine.published(shard);
                claimed = ClaimRing.FULL;
            }
            if (claimed <= 0) {
                engine.spill(turn, shard, from, used[shard] - sent[shard]);
                sent[shard] = used[shard];
                return;
            }
            copy(shard, from, claimed, range);
            sent[shard] += range;
            engine.published(shard);
        }
    }

    private boolean allAt(int shard, long from, int bytes) {
        long checked = -1;
        for (int at = 0; at < bytes; at += RingDescriptor.align8(Mem.getInt(from + at))) {
            long target = Mem.getLong(from + at + RecordDescriptor.TARGET_OFFSET);
            // Once for a run to one target; seq_cst behind the claim's compare-and-set
            if (target != checked
                    && (int) Mem.getLongVolatile(rows + (long) (int) target * EndpointDescriptor.BYTES) != shard) {
                return false;
            }
            checked = target;
        }
        return true;
    }

    /** Whole records from {@code sent} on, at most a range. */
    private int range(int shard) {
        long from = buffers[shard] + sent[shard];
        int left = used[shard] - sent[shard];
        if (left <= rangeBytes) {
            return left;
        }
        int range = 0;
        while (range < left) {
            int next = RingDescriptor.align8(Mem.getInt(from + range));
            if (range > 0 && range + next > rangeBytes) {
                break;
            }
            range += next;
        }
        return range;
    }

    /** No memory to spill to: accepted messages that will not be handled, so dead letters, each with its reason. */
    private void lose(Turn turn, int shard, Throwable cause) {
        engine.deadLetters().error("the overflow of shard " + shard, cause);
        int end = used[shard];
        int dead = 0;
        while (sent[shard] < end) {
            long record = buffers[shard] + sent[shard];
            int length = Mem.getInt(record);
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            sent[shard] += RingDescriptor.align8(length);
            dead++;
            engine.deadLetters().publish(turn, cell, record, length, type, Reason.OVERFLOW, cause);
            if (cell != null && cell.bounded()) {
                Envelope.giveBack(cell.row(), 1);
            }
        }
        long counter = engine.shardAddress(turn.shard()) + ShardDescriptor.DEAD_OFFSET;
        Mem.putLongOrdered(counter, Mem.getLong(counter) + dead);
    }

    /** Everything but the first length, then that (release): the drainer stops at the first record until all are there. */
    private void copy(int shard, long from, long to, int bytes) {
        try {
            Mem.putInt(to + RecordDescriptor.TYPE_OFFSET, Mem.getInt(from + RecordDescriptor.TYPE_OFFSET));
            Mem.copy(from + 8, to + 8, bytes - 8L);
        } catch (Throwable e) {
            // A stack that ends here: an open claim would stop the shard for everybody (R11)
            ClaimRing.abort(to, bytes);
            engine.published(shard);
            throw e;
        }
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
