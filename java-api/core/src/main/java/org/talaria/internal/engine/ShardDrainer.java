package org.talaria.internal.engine;

import static org.talaria.internal.memory.ShardDescriptor.STATE_IDLE;
import static org.talaria.internal.memory.ShardDescriptor.STATE_OWNED;
import static org.talaria.internal.memory.ShardDescriptor.STATE_READY;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * A drainer's stay on a shard, in Java: take, drain a bounded batch, leave (R2). The Java engine's worker has one, and each receiver on either engine; what
 * {@code native/src/dispatch} does for the native workers. One thread at a time.
 */
final class ShardDrainer {
    private static final System.Logger LOG = System.getLogger("org.talaria");

    private final Engine engine;
    private final ClaimRing[] rings;
    private final LaneOrder lanes;
    /** Kept: one made at each look would be garbage. */
    private final IntPredicate waits = this::waits;

    private final Turn turn;
    private final long block;
    private final int blockBytes;
    private final boolean journaled;
    private final boolean writeAhead;
    /** An overflow waits for room: whoever makes some looks at the state (R4). */
    private boolean stuck;
    /** Of a mover: behind this nothing is handled. */
    private long upTo = Long.MAX_VALUE;
    /** The lane whose records are handled; −1 between segments. */
    private volatile int laneAtHand = -1;

    /** @param worker whose block and turn log it has; @param blockBytes most bytes that are walked at once: 0 = a record, its sends flushed behind it */
    ShardDrainer(Engine engine, int worker, int blockBytes) {
        this.engine = engine;
        this.blockBytes = blockBytes;
        rings = engine.laneRings();
        lanes = new LaneOrder(engine);
        turn = engine.turnOf(worker);
        block = turn.block();
        int flags = Mem.getInt(engine.region().address() + RegionDescriptor.FLAGS_OFFSET);
        journaled = (flags & RegionDescriptor.FLAG_JOURNALED) != 0;
        writeAhead = (flags & RegionDescriptor.FLAG_WRITE_AHEAD) != 0;
    }

    /** Takes a shard that is READY, by the compare-and-set that clears READY; only then is anything read (R2). */
    boolean take(int shard) {
        long state = engine.stateAddress(shard);
        return Mem.getIntVolatile(state) == STATE_READY && Mem.casInt(state, STATE_READY, STATE_OWNED);
    }

    /** R19: the same of a shard that may have nothing to do, for a mover. */
    boolean takeAny(int shard) {
        long state = engine.stateAddress(shard);
        int seen = Mem.getIntVolatile(state);
        while ((seen & STATE_OWNED) == 0) {
            if (Mem.casInt(state, seen, STATE_OWNED)) {
                stuck = false;
                return true;
            }
            seen = Mem.getIntVolatile(state);
        }
        return false;
    }

    @Nullable
    TurnLog log() {
        return turn.log();
    }

    /** A turn on a shard that was taken, and the end of the stay. @return records handled or dead */
    int serve(int shard, int most, Sender sender) {
        try {
            return turn(shard, most, sender);
        } finally {
            leave(shard);
        }
    }

    /** A turn on a shard that is held. @return records handled or dead */
    int turn(int shard, int most, Sender sender) {
        stuck = false;
        Mem.putIntVolatile(block + WorkerDescriptor.SHARD_OFFSET, shard);
        number(shard);
        bump(block + WorkerDescriptor.TURNS_OFFSET, 1);
        return engine.lanes().lanesOf(shard) == 1 ? serveLane(shard, most, sender) : serveLanes(shard, most, sender);
    }

    /** R19: a mover's turn on a shard that is held begins. */
    void begin(int shard) {
        Mem.putIntVolatile(block + WorkerDescriptor.SHARD_OFFSET, shard);
        number(shard);
    }

    /** A turn, or in the journal a lane's part of one, has the next number and a time of its own. */
    private void number(int shard) {
        Mem.putLong(
                block + WorkerDescriptor.TURN_START_NS_OFFSET, engine.clock().nanoTime());
        Mem.putLongOrdered(engine.laneAddress(shard) + ShardDescriptor.TURN_OFFSET, engine.turnNumber(shard) + 1);
    }

    private int serveLane(int lane, int most, Sender sender) {
        long address = engine.laneAddress(lane);
        laneAtHand = lane;
        long before = Mem.getLong(address + ShardDescriptor.HANDLED_OFFSET);
        int records = drain(lane, address, Mem.getLong(address + ShardDescriptor.DRAINED_OFFSET), most, sender);
        laneAtHand = -1;
        bump(block + WorkerDescriptor.HANDLED_OFFSET, Mem.getLong(address + ShardDescriptor.HANDLED_OFFSET) - before);
        long to = Mem.getLong(address + ShardDescriptor.DRAINED_OFFSET);
        flushOverflow(lane);
        if (reclaim(lane, address, to)) {
            stuck = false;
        }
        return records;
    }

    /** C5: the higher lane first, and of so many messages one of each lower lane that waits. As {@code native/src/dispatch/lanes.cpp}. */
    private int serveLanes(int shard, int atMost, Sender sender) {
        int records = 0;
        for (int lane : lanes.of(shard)) {
            flushOverflow(lane);
        }
        int most = atMost;
        while (most > 0 && lanes.next(shard, most, waits)) {
            if (journaled) {
                number(shard);
            }
            int served = serveLane(lanes.lane(shard), lanes.most(), sender);
            lanes.served(shard, served);
            records += served;
            most -= served;
        }
        for (int lane : lanes.of(shard)) {
            long at = engine.laneAddress(lane);
            if (reclaim(lane, at, Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET))) {
                stuck = false;
            }
        }
        return records;
    }

    /** R19: whether a claim is open at the head of a lane: its owner may be long. */
    boolean claimOpen(int shard) {
        for (int lane : lanes.of(shard)) {
            long drained = drained(lane);
            if (drained < rings[lane].tail() && Mem.getIntVolatile(rings[lane].address(drained)) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** R19: handles all that came to a shard that is held while an endpoint lived there, what its overflow held included. What is appended behind that is for those that stay. */
    void empty(int shard, Sender sender, IntToLongFunction waiting) {
        int[] all = lanes.of(shard);
        // Up to what each had when the home word was written; the highest first
        long[] tails = IntStream.of(all).mapToLong(lane -> rings[lane].tail()).toArray();
        for (int i = all.length - 1; i >= 0; i--) {
            drainTo(shard, all[i], tails[i], sender);
        }
        for (int lane : all) {
            for (long rest = waiting.applyAsLong(lane); rest > 0 && engine.goesOn(); ) {
                rest -= engine.flushOverflow(lane);
                drainTo(shard, lane, rings[lane].tail(), sender);
            }
        }
    }

    /**
     * Open claims below that are waited for, as their owners wait for nobody (MOVE-4); so is the journal, which gives the ring its space back. What fails (the clock, memory) is told, and
     * tried again: the endpoint lives elsewhere by now, and is not to overtake itself.
     */
    private void drainTo(int shard, int lane, long to, Sender sender) {
        long at = engine.laneAddress(lane);
        upTo = to;
        long before = Mem.getLong(at + ShardDescriptor.HANDLED_OFFSET);
        do {
            try {
                if (journaled) {
                    number(shard);
                }
                laneAtHand = lane;
                int records = drain(lane, at, drained(lane), Integer.MAX_VALUE, sender);
                if (records == 0 && !reclaim(lane, at, drained(lane))) {
                    LockSupport.parkNanos(this, 1_000);
                }
            } catch (Throwable e) {
                report(engine, turn.worker(), e);
                LockSupport.parkNanos(this, 1_000_000);
            }
        } while (drained(lane) < to && engine.goesOn());
        laneAtHand = -1;
        upTo = Long.MAX_VALUE;
        reclaim(lane, at, drained(lane));
        bump(block + WorkerDescriptor.HANDLED_OFFSET, Mem.getLong(at + ShardDescriptor.HANDLED_OFFSET) - before);
    }

    private long drained(int lane) {
        return Mem.getLong(engine.laneAddress(lane) + ShardDescriptor.DRAINED_OFFSET);
    }

    private int drain(int lane, long at, long from, int mostRecords, Sender sender) {
        ClaimRing ring = rings[lane];
        long position = from;
        int records = 0;
        // "Empty" may be judged by the length below an acquired tail only (R3)
        long limit = Math.min(upTo, limit(ring, at));
        while (records < mostRecords && position < limit) {
            int bytes = 0;
            int most = (int) Math.min(Math.min(limit - position, ring.toEnd(position)), Integer.MAX_VALUE);
            int inBlock = 0;
            while (bytes < most && (bytes < blockBytes || bytes == 0) && records + inBlock < mostRecords) {
                long record = ring.address(position) + bytes;
                int length = Mem.getIntVolatile(record);
                if (length <= 0) {
                    break;
                }
                bytes += RingDescriptor.align8(length);
                inBlock += Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) != RingDescriptor.PADDING_TYPE ? 1 : 0;
            }
            if (bytes == 0) {
                break;
            }
            handUp(lane, at, sender, position, position + bytes);
            position += bytes;
            records += inBlock;
        }
        if (position != from) {
            TurnLog log = turn.log();
            if (log != null) {
                log.turn(
                        lane,
                        turn.worker(),
                        engine.turnNumber(lane),
                        from,
                        position,
                        Mem.getLong(block + WorkerDescriptor.TURN_START_NS_OFFSET));
            }
            // seq_cst: read by the journaler's retention and by close
            Mem.putLongVolatile(at + ShardDescriptor.DRAINED_OFFSET, position);
        }
        return records;
    }

    /** Hands [from, to) to the walker as one block. A call that fails as a whole goes on behind the record that failed (R13). */
    private void handUp(int lane, long at, Sender sender, long from, long to) {
        long position = from;
        while (position < to) {
            Mem.putLongOrdered(block + WorkerDescriptor.POSITION_OFFSET, -1);
            try {
                long record = rings[lane].address(position);
                long counts = engine.walker().walk(turn, sender, record, (int) (to - position), position, lane);
                bump(at + ShardDescriptor.DEAD_OFFSET, counts >>> 32);
                bump(at + ShardDescriptor.HANDLED_OFFSET, counts & 0xFFFFFFFFL);
                return;
            } catch (Throwable e) {
                sender.turn(null);
                position = skipFailure(lane, at, sender, position, to, e);
            }
        }
    }

    /** Counts what came before the failing record of [from, to), buries that one. @return the position behind it */
    private long skipFailure(int lane, long at, Sender sender, long from, long to, Throwable cause) {
        long published = Mem.getLong(block + WorkerDescriptor.POSITION_OFFSET);
        if (published == to) {
            // The block was done
            bump(at + ShardDescriptor.HANDLED_OFFSET, turn.counts() & 0xFFFFFFFFL);
            bump(at + ShardDescriptor.DEAD_OFFSET, turn.counts() >>> 32);
            report(engine, turn.worker(), cause);
            return to;
        }
        boolean known = published >= from && published < to;
        // A position that is none of ours: it failed before its first record, which is given up, so that we get on
        long failed = known ? published : from;
        // Dead ones of the runs before; in the run that failed what came before counts as handled
        long dead = known ? turn.counts() >>> 32 : 0;
        long before = 0;
        long position = from;
        long next = from;
        while (next <= failed) {
            position = next;
            long record = rings[lane].address(position);
            next += RingDescriptor.align8(Mem.getInt(record));
            before += Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) != RingDescriptor.PADDING_TYPE ? 1 : 0;
        }
        long record = rings[lane].address(position);
        boolean padding = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) == RingDescriptor.PADDING_TYPE;
        bump(at + ShardDescriptor.HANDLED_OFFSET, before - dead - (padding ? 0 : 1));
        bump(at + ShardDescriptor.DEAD_OFFSET, dead + (padding ? 0 : 1));
        if (!padding) {
            bury(lane, sender, record, position, cause);
        }
        return next;
    }

    private void bury(int lane, Sender sender, long record, long position, Throwable cause) {
        try {
            // In here, all of it: what is counted must not be handled again because something is thrown now
            turn.enter(sender.thread(), lane);
            turn.at(record, position);
            sender.turn(turn);
            Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            engine.deadLetters()
                    .record(turn, cell, record, Mem.getInt(record), type, position, Reason.HANDLER_FAILED, cause);
            turn.leave();
        } catch (Throwable e) {
            report(engine, turn.worker(), e);
        } finally {
            sender.turn(null);
            turn.joins().done(record, false);
            turn.joins().flush();
        }
    }

    /** Never throws: what is counted must not be counted again. */
    static void report(Engine engine, int worker, Throwable cause) {
        try {
            engine.deadLetters().error("worker " + worker, cause);
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "worker " + worker + ": a failure could not be told", e);
        }
    }

    /**
     * The end of a stay whose thread has ended in the middle of it: what it had handled counts, the record that it was at is a dead letter (R13), and the shard is given
     * back. By whoever found out.
     */
    void recover(int shard, Sender sender) {
        int lane = laneAtHand;
        if (lane >= 0) {
            laneAtHand = -1;
            long address = engine.laneAddress(lane);
            long from = Mem.getLong(address + ShardDescriptor.DRAINED_OFFSET);
            long published = Mem.getLong(block + WorkerDescriptor.POSITION_OFFSET);
            if (published >= from && published < rings[lane].tail()) {
                long to = published + RingDescriptor.align8(Mem.getInt(rings[lane].address(published)));
                long next = skipFailure(
                        lane,
                        address,
                        sender,
                        from,
                        to,
                        new IllegalStateException("its thread ended while it was handled"));
                Mem.putLongVolatile(address + ShardDescriptor.DRAINED_OFFSET, next);
            }
        }
        leave(shard);
    }

    private long limit(ClaimRing ring, long at) {
        long tail = ring.tail();
        return writeAhead ? Math.min(tail, Mem.getLongVolatile(at + ShardDescriptor.JOURNALED_OFFSET)) : tail;
    }

    private void flushOverflow(int lane) {
        if (engine.overflowing(lane)) {
            engine.flushOverflow(lane);
            stuck |= engine.overflowing(lane);
        }
    }

    /** R21: the owner alone zeroes and advances the head, up to what is drained and journaled. */
    private boolean reclaim(int lane, long at, long drained) {
        long upTo = reclaimable(at, drained);
        long head = rings[lane].head();
        if (upTo > head) {
            rings[lane].reclaim(head, upTo);
        }
        return upTo > head;
    }

    private long reclaimable(long at, long drained) {
        return journaled ? Math.min(drained, Mem.getLongVolatile(at + ShardDescriptor.JOURNALED_OFFSET)) : drained;
    }

    /** R2: IDLE by compare-and-set if nothing is left, else READY. @return whether it is READY: who drains goes on, or wakes the next */
    boolean leave(int shard) {
        Mem.putIntVolatile(block + WorkerDescriptor.SHARD_OFFSET, -1);
        long state = engine.stateAddress(shard);
        if (!anyLeft(shard) && Mem.casInt(state, STATE_OWNED, STATE_IDLE)) {
            return false;
        }
        Mem.getAndSetInt(state, STATE_READY);
        return true;
    }

    private boolean anyLeft(int shard) {
        for (int lane : lanes.of(shard)) {
            if (left(lane, engine.laneAddress(lane))) {
                return true;
            }
        }
        return false;
    }

    private boolean left(int lane, long at) {
        long drained = Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET);
        return waits(lane) || (engine.overflowing(lane) && !stuck) || reclaimable(at, drained) > rings[lane].head();
    }

    /** Whether a record may be handled in a lane. */
    private boolean waits(int lane) {
        long at = engine.laneAddress(lane);
        long drained = Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET);
        ClaimRing ring = rings[lane];
        return drained < limit(ring, at) && Mem.getIntVolatile(ring.address(drained)) > 0;
    }

    private static void bump(long counter, long by) {
        if (by != 0) {
            Mem.putLongOrdered(counter, Mem.getLong(counter) + by);
        }
    }
}
