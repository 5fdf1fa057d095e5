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
 * What the handlers of one worker sent in this turn: one off-heap buffer of whole records a target lane (P2).
 *
 * <p>Flush: one claim a range of at most an eighth of the ring, copied with the first length last; where the ring is full or the lane's overflow waits, everything
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
        rings = engine.laneRings();
        rows = engine.region().rows();
        int lanes = rings.length;
        buffers = new long[lanes];
        capacities = new int[lanes];
        used = new int[lanes];
        touched = new int[lanes];
        sent = new int[lanes];
        rangeBytes = engine.layout().ringCapacity() / 8;
        // Offsets into one buffer are ints
        hardBytes = Math.min(engine.overflowHardBytes(), Integer.MAX_VALUE - (64 << 10));
    }

    /** Whether records may be gathered for a lane, all or none; takes the places in a bounded mailbox if so. */
    Outcome room(BaseRef<?> to, int lane, int lengthBytes, int count, boolean must) {
        long waiting = (long) used[lane] + lengthBytes;
        if (engine.overflowing(lane)) {
            waiting += engine.overflowBytes(lane);
        }
        if (waiting > hardBytes) {
            return Outcome.BACK_PRESSURED;
        }
        Cell<?> cell = to.cell();
        if (to.policy() == Cell.POLICY_BLOCK && !cell.counted()) {
            return Outcome.ACCEPTED;
        }
        boolean full = !must
                && (to.policy() == Cell.POLICY_FAIL || to.policy() == Cell.POLICY_DROP_NEWEST)
                && (engine.overflowing(lane) || !hasRoom(rings[lane], used[lane] + lengthBytes));
        if (cell.counted() && !full) {
            full = !Envelope.take(to, lane, count, must);
            if (full && to.policy() == Cell.POLICY_BLOCK) {
                Envelope.takeAnyway(cell, lane, count);
                full = false;
            }
        }
        if (!full) {
            if (!must) {
                Envelope.displace(to, count);
            }
            return Outcome.ACCEPTED;
        }
        return to.policy() == Cell.POLICY_FAIL ? Outcome.BACK_PRESSURED : Outcome.DROPPED;
    }

    private static boolean hasRoom(ClaimRing ring, int lengthBytes) {
        return ring.tail() - ring.head() + lengthBytes + 64 <= ring.capacityBytes();
    }

    /**
     * Where a record of so many bytes goes, behind what was gathered for the lane; its length is written. It counts only when {@link #keep} says so. Gives the place in a bounded
     * mailbox back if there is no memory.
     */
    long place(Cell<?> to, int lane, int length) {
        int at = used[lane];
        int end = at + RingDescriptor.align8(length);
        if (end > capacities[lane]) {
            try {
                grow(lane, end);
            } catch (Throwable e) {
                if (to.counted()) {
                    Envelope.giveBack(to, lane, 1);
                }
                throw e;
            }
        }
        long record = buffers[lane] + at;
        Mem.putInt(record, length);
        return record;
    }

    /** The same behind others, for an unlimited endpoint, where there is room at once and no overflow; length and type are written. @return 0 if not */
    long placeLike(int lane, long lengthWord) {
        int at = used[lane];
        int end = at + RingDescriptor.align8((int) lengthWord);
        if (at == 0 || end > capacities[lane] || end > hardBytes || engine.overflowing(lane)) {
            return 0;
        }
        long record = buffers[lane] + at;
        Mem.putLong(record, lengthWord);
        return record;
    }

    /**
     * The record that was placed last is whole but for its type and payload: it counts. Further down the stack than what its caller does next, so that a stack that ends does so
     * here, or not at all: a record that counts has a number. Compiled code has none of these frames.
     */
    void keep(int lane, int length) {
        keepTwoBelow(lane, length);
    }

    private void keepTwoBelow(int lane, int length) {
        keepOneBelow(lane, length);
    }

    private void keepOneBelow(int lane, int length) {
        keepBelow(lane, length);
    }

    private void keepBelow(int lane, int length) {
        int at = used[lane];
        int end = at + RingDescriptor.align8(length);
        if (at == 0) {
            touched[touchedCount++] = lane;
        }
        used[lane] = end;
    }

    private void grow(int lane, int needed) {
        // Behind 2^30 the next power of two is no int
        int capacity =
                needed > 1 << 30 ? Integer.MAX_VALUE : Math.max(FIRST_BYTES, Integer.highestOneBit(needed - 1) << 1);
        long buffer = Mem.allocate(capacity);
        if (buffers[lane] != 0) {
            Mem.copy(buffers[lane], buffer, used[lane]);
            Mem.free(buffers[lane]);
        }
        buffers[lane] = buffer;
        capacities[lane] = capacity;
    }

    void flush(Turn turn) {
        while (touchedCount > 0) {
            // Off the list first: what listeners of dead letters send to lanes not touched before is put on it
            int lane = touched[--touchedCount];
            try {
                flush(turn, lane);
            } finally {
                // What was thrown out of here comes again; what was sent does not
                if (used[lane] != 0) {
                    touched[touchedCount++] = lane;
                }
            }
        }
    }

    private void flush(Turn turn, int lane) {
        // Listeners of dead letters may send meanwhile: that goes behind
        while (sent[lane] < used[lane]) {
            try {
                send(turn, lane);
            } catch (Throwable e) {
                lose(turn, lane, e);
            }
        }
        sent[lane] = 0;
        used[lane] = 0;
    }

    private void send(Turn turn, int lane) {
        while (sent[lane] < used[lane]) {
            long from = buffers[lane] + sent[lane];
            int range = range(lane);
            // pairs with the flag's seq_cst store under the overflow's lock: what this endpoint spilled before is still
            // ahead
            long claimed = engine.overflowing(lane) ? ClaimRing.FULL : rings[lane].claim(range);
            if (claimed == ClaimRing.FULL_PADDED) {
                engine.published(lane);
            }
            if (claimed > 0 && !allAt(lane, from, range)) {
                // R15: the second read. The overflow sorts out who moved.
                ClaimRing.abort(claimed, range);
                engine.published(lane);
                claimed = ClaimRing.FULL;
            }
            if (claimed <= 0) {
                engine.spill(turn, lane, from, used[lane] - sent[lane]);
                sent[lane] = used[lane];
                return;
            }
            copy(lane, from, claimed, range);
            sent[lane] += range;
            engine.published(lane);
        }
    }

    private boolean allAt(int lane, long from, int bytes) {
        int shard = engine.shardOf(lane);
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
    private int range(int lane) {
        long from = buffers[lane] + sent[lane];
        int left = used[lane] - sent[lane];
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
    private void lose(Turn turn, int lane, Throwable cause) {
        engine.deadLetters().error("the overflow of lane " + lane, cause);
        int end = used[lane];
        int dead = 0;
        while (sent[lane] < end) {
            long record = buffers[lane] + sent[lane];
            int length = Mem.getInt(record);
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            sent[lane] += RingDescriptor.align8(length);
            dead++;
            engine.deadLetters().publish(turn, cell, record, length, type, Reason.OVERFLOW, cause);
            if (cell != null && cell.counted()) {
                Envelope.giveBack(cell, lane, 1);
            }
        }
        long counter = engine.laneAddress(turn.lane()) + ShardDescriptor.DEAD_OFFSET;
        Mem.putLongOrdered(counter, Mem.getLong(counter) + dead);
    }

    /** Everything but the first length, then that (release): the drainer stops at the first record until all are there. */
    private void copy(int lane, long from, long to, int bytes) {
        try {
            Mem.putInt(to + RecordDescriptor.TYPE_OFFSET, Mem.getInt(from + RecordDescriptor.TYPE_OFFSET));
            Mem.copy(from + 8, to + 8, bytes - 8L);
        } catch (Throwable e) {
            // A stack that ends here: an open claim would stop the shard for everybody (R11)
            ClaimRing.abort(to, bytes);
            engine.published(lane);
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
