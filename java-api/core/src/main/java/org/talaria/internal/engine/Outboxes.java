package org.talaria.internal.engine;

import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * What the handlers of one worker sent in this turn: one off-heap buffer of whole records a target lane (P2).
 *
 * <p>Flush: one claim a range of at most an eighth of the ring, copied with the first length last; where the ring is full or the lane's overflow waits, everything
 * that is left goes behind it into the overflow (R16), so that the order of a sender holds.
 *
 * <p>Where endpoints move meanwhile (R19), as {@code native/src/dispatch/outbox.hpp}: what is gathered for lanes was gathered while the move word stood still and quiet (OUT-1). Once it
 * is another one, what is sent is late: gathered in one list a priority, and sent when all else is, each record to where its target lives then (OUT-2).
 */
final class Outboxes {
    private static final int FIRST_BYTES = 4 << 10;

    private final Engine engine;
    private final Delivery delivery;
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

    private final long movesAddress;
    /** The move word before the first record was gathered since the last flush. */
    private long moves;
    /** Of each list of what is late, a lane of its priority. */
    private final int[] lateLane = new int[LanePlan.PRIORITIES];

    Outboxes(Engine engine) {
        this.engine = engine;
        delivery = new Delivery(engine);
        rings = engine.laneRings();
        rows = engine.region().rows();
        movesAddress = engine.region().address() + RegionDescriptor.MOVES_OFFSET;
        int places = rings.length + LanePlan.PRIORITIES;
        buffers = new long[places];
        capacities = new int[places];
        used = new int[places];
        touched = new int[places];
        sent = new int[places];
        rangeBytes = engine.layout().ringCapacity() / 8;
        // Offsets into one buffer are ints
        hardBytes = Math.min(engine.overflowHardBytes(), Integer.MAX_VALUE - (64 << 10));
    }

    /** Before the home word of what is to be gathered next is read. */
    void expect() {
        if (touchedCount == 0) {
            // seq_cst, as the home words' reads: pairs with the mover's additions around its write (MOVE-1)
            moves = Mem.getLongVolatile(movesAddress);
        }
    }

    /** Behind that read: where a record for a lane is gathered, the lane or a list of what is late. */
    int placeOf(int lane) {
        if (touchedCount == 0 || still()) {
            return lane;
        }
        int priority = engine.lanes().priorityOf(lane);
        lateLane[priority] = lane;
        return rings.length + priority;
    }

    /** Whether no move was in progress before the first record was gathered, and none has begun since. */
    private boolean still() {
        return (int) moves == 0 && Mem.getLongVolatile(movesAddress) == moves;
    }

    /** Whether a place is a list of what is late. */
    boolean isLate(int place) {
        return place >= rings.length;
    }

    /** The lane of a place; of a list of what is late one of its priority. */
    private int laneOf(int place) {
        return isLate(place) ? lateLane[place - rings.length] : place;
    }

    /** Whether records for a lane may be gathered in a place, all or none; takes the places in a bounded mailbox if so. */
    Outcome room(BaseRef<?> to, int lane, int place, int lengthBytes, int count, boolean must) {
        long waiting = (long) used[place] + lengthBytes;
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
                && (engine.overflowing(lane) || !hasRoom(rings[lane], used[place] + lengthBytes));
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
     * Where a record of so many bytes goes, behind what was gathered in the place; its length is written. It counts only when {@link #keep} says so. Gives the place in a bounded
     * mailbox back if there is no memory.
     */
    long place(Cell<?> to, int place, int length) {
        int at = used[place];
        int end = at + RingDescriptor.align8(length);
        if (end > capacities[place]) {
            try {
                grow(place, end);
            } catch (Throwable e) {
                if (to.counted()) {
                    Envelope.giveBack(to, laneOf(place), 1);
                }
                throw e;
            }
        }
        long record = buffers[place] + at;
        Mem.putInt(record, length);
        return record;
    }

    /** The same behind others, for an unlimited endpoint, where there is room at once and no overflow; length and type are written. @return 0 if not */
    long placeLike(int lane, long lengthWord) {
        int at = used[lane];
        int end = at + RingDescriptor.align8((int) lengthWord);
        if (at == 0 || end > capacities[lane] || end > hardBytes || engine.overflowing(lane) || !still()) {
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
            int place = nextTouched();
            try {
                flush(turn, place);
            } finally {
                // What was thrown out of here comes again; what was sent does not
                if (used[place] != 0) {
                    touched[touchedCount++] = place;
                }
            }
        }
    }

    /** Takes a place off the list: what is late behind all lanes (OUT-2). */
    private int nextTouched() {
        int at = touchedCount - 1;
        while (at > 0 && isLate(touched[at])) {
            at--;
        }
        int place = touched[at];
        touched[at] = touched[--touchedCount];
        return place;
    }

    private void flush(Turn turn, int place) {
        // Listeners of dead letters may send meanwhile: that goes behind
        while (sent[place] < used[place]) {
            try {
                if (isLate(place)) {
                    sendLate(turn, place);
                } else {
                    send(turn, place);
                }
            } catch (Throwable e) {
                lose(turn, place, e);
            }
        }
        sent[place] = 0;
        used[place] = 0;
    }

    private void sendLate(Turn turn, int place) {
        while (sent[place] < used[place]) {
            long record = buffers[place] + sent[place];
            delivery.sendAlone(turn, record, laneOf(place));
            sent[place] += RingDescriptor.align8(Mem.getInt(record));
        }
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
            delivery.copy(lane, from, claimed, range);
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
    private void lose(Turn turn, int place, Throwable cause) {
        int lane = laneOf(place);
        engine.deadLetters().error("the overflow of lane " + lane, cause);
        int end = used[place];
        int dead = 0;
        while (sent[place] < end) {
            long record = buffers[place] + sent[place];
            int length = Mem.getInt(record);
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            sent[place] += RingDescriptor.align8(length);
            dead++;
            turn.joins().done(record, false);
            engine.deadLetters().publish(turn, cell, record, length, type, Reason.OVERFLOW, cause);
            if (cell != null && cell.counted()) {
                Envelope.giveBack(cell, lane, 1);
            }
        }
        long counter = engine.laneAddress(turn.lane()) + ShardDescriptor.DEAD_OFFSET;
        Mem.putLongOrdered(counter, Mem.getLong(counter) + dead);
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
