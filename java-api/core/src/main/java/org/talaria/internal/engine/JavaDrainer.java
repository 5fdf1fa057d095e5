package org.talaria.internal.engine;

import static org.talaria.internal.memory.ShardDescriptor.STATE_IDLE;
import static org.talaria.internal.memory.ShardDescriptor.STATE_OWNED;
import static org.talaria.internal.memory.ShardDescriptor.STATE_READY;

import org.talaria.DeadLetter.Reason;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;

/** The duty cycle of the Java engine's one worker: what {@code native/src/dispatch} does, in Java. One thread at a time. */
final class JavaDrainer {
    private static final System.Logger LOG = System.getLogger("org.talaria");

    private final Engine engine;
    private final Overflow[] overflows;
    private final ClaimRing[] rings;
    private final Turn turn;
    private final long block;
    private final int batchRecords;
    private final int blockBytes;
    private final boolean journaled;
    private final boolean writeAhead;
    private int next;
    private boolean busy;

    JavaDrainer(Engine engine, Overflow[] overflows) {
        this.engine = engine;
        this.overflows = overflows;
        rings = engine.rings();
        turn = engine.turnOf(0);
        block = turn.block();
        batchRecords = engine.config().batchRecords();
        blockBytes = engine.config().blockBytes();
        int flags = Mem.getInt(engine.region().address() + RegionDescriptor.FLAGS_OFFSET);
        journaled = (flags & RegionDescriptor.FLAG_JOURNALED) != 0;
        writeAhead = (flags & RegionDescriptor.FLAG_WRITE_AHEAD) != 0;
    }

    /** Whether the last lap had a turn, if only to reclaim or to flush. */
    boolean busy() {
        return busy;
    }

    /** One lap: a turn on each ready shard, behind the one served last (R10). @return records handled, dead or flushed */
    int lap(Sender sender) {
        int work = 0;
        busy = false;
        for (int i = 0; i < rings.length; i++) {
            int shard = next;
            next = shard + 1 == rings.length ? 0 : shard + 1;
            // R2: taken by the compare-and-set that clears READY; only then is anything read
            if (Mem.getIntVolatile(engine.stateAddress(shard)) == STATE_READY
                    && Mem.casInt(engine.stateAddress(shard), STATE_READY, STATE_OWNED)) {
                work += serve(shard, sender);
                busy = true;
            }
        }
        return work;
    }

    /** Whether any shard is READY and unowned: the second look before parking (R6). */
    boolean anyReady() {
        for (int shard = 0; shard < rings.length; shard++) {
            if (Mem.getIntVolatile(engine.stateAddress(shard)) == STATE_READY) {
                return true;
            }
        }
        return false;
    }

    private int serve(int shard, Sender sender) {
        long at = engine.shardAddress(shard);
        try {
            return turn(shard, at, sender);
        } finally {
            Mem.putIntVolatile(block + WorkerDescriptor.SHARD_OFFSET, -1);
            leave(shard, at);
        }
    }

    private int turn(int shard, long at, Sender sender) {
        long from = Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET);
        Mem.putIntVolatile(block + WorkerDescriptor.SHARD_OFFSET, shard);
        Mem.putLong(
                block + WorkerDescriptor.TURN_START_NS_OFFSET, engine.clock().nanoTime());
        long number = Mem.getLong(at + ShardDescriptor.TURN_OFFSET) + 1;
        Mem.putLongOrdered(at + ShardDescriptor.TURN_OFFSET, number);
        int records = drain(shard, at, from, sender);
        long to = Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET);
        records += flushOverflow(shard);
        reclaim(shard, at, to);
        bump(block + WorkerDescriptor.TURNS_OFFSET, 1);
        return records;
    }

    private int drain(int shard, long at, long from, Sender sender) {
        ClaimRing ring = rings[shard];
        long position = from;
        int records = 0;
        // "Empty" may be judged by the length below an acquired tail only (R3)
        long limit = limit(ring, at);
        while (records < batchRecords && position < limit) {
            int bytes = 0;
            int most = (int) Math.min(Math.min(limit - position, ring.toEnd(position)), Integer.MAX_VALUE);
            int inBlock = 0;
            while (bytes < most && (bytes < blockBytes || bytes == 0) && records + inBlock < batchRecords) {
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
            handUp(shard, at, sender, position, position + bytes);
            position += bytes;
            records += inBlock;
        }
        if (position != from) {
            TurnLog log = turn.log();
            if (log != null) {
                log.turn(
                        shard,
                        0,
                        Mem.getLong(at + ShardDescriptor.TURN_OFFSET),
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
    private void handUp(int shard, long at, Sender sender, long from, long to) {
        long position = from;
        while (position < to) {
            Mem.putLongOrdered(block + WorkerDescriptor.POSITION_OFFSET, -1);
            try {
                long record = rings[shard].address(position);
                long counts = engine.walker().walk(turn, sender, record, (int) (to - position), position, shard);
                bump(at + ShardDescriptor.DEAD_OFFSET, counts >>> 32);
                bump(at + ShardDescriptor.HANDLED_OFFSET, counts & 0xFFFFFFFFL);
                return;
            } catch (Throwable e) {
                sender.turn(null);
                position = skipFailure(shard, at, sender, position, to, e);
            }
        }
    }

    /** Counts what came before the failing record of [from, to), buries that one. @return the position behind it */
    private long skipFailure(int shard, long at, Sender sender, long from, long to, Throwable cause) {
        long published = Mem.getLong(block + WorkerDescriptor.POSITION_OFFSET);
        if (published == to) {
            // The block was done
            bump(at + ShardDescriptor.HANDLED_OFFSET, turn.counts() & 0xFFFFFFFFL);
            bump(at + ShardDescriptor.DEAD_OFFSET, turn.counts() >>> 32);
            report(engine, cause);
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
            long record = rings[shard].address(position);
            next += RingDescriptor.align8(Mem.getInt(record));
            before += Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) != RingDescriptor.PADDING_TYPE ? 1 : 0;
        }
        long record = rings[shard].address(position);
        boolean padding = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) == RingDescriptor.PADDING_TYPE;
        bump(at + ShardDescriptor.HANDLED_OFFSET, before - dead - (padding ? 0 : 1));
        bump(at + ShardDescriptor.DEAD_OFFSET, dead + (padding ? 0 : 1));
        if (!padding) {
            bury(shard, sender, record, position, cause);
        }
        return next;
    }

    private void bury(int shard, Sender sender, long record, long position, Throwable cause) {
        try {
            // In here, all of it: what is counted must not be handled again because something is thrown now
            turn.enter(sender.thread(), shard);
            turn.at(record, position);
            sender.turn(turn);
            Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            engine.deadLetters()
                    .record(turn, cell, record, Mem.getInt(record), type, position, Reason.HANDLER_FAILED, cause);
            turn.leave();
        } catch (Throwable e) {
            report(engine, e);
        } finally {
            sender.turn(null);
        }
    }

    /** Never throws: what is counted must not be counted again. */
    static void report(Engine engine, Throwable cause) {
        try {
            engine.deadLetters().error("worker 0", cause);
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "worker 0: a failure could not be told", e);
        }
    }

    private long limit(ClaimRing ring, long at) {
        long tail = ring.tail();
        return writeAhead ? Math.min(tail, Mem.getLongVolatile(at + ShardDescriptor.JOURNALED_OFFSET)) : tail;
    }

    private int flushOverflow(int shard) {
        Overflow overflow = overflows[shard];
        return overflow.bytes() == 0 ? 0 : overflow.flush();
    }

    /** R21: the owner alone zeroes and advances the head, up to what is drained and journaled. */
    private void reclaim(int shard, long at, long drained) {
        long upTo = reclaimable(at, drained);
        long head = rings[shard].head();
        if (upTo > head) {
            rings[shard].reclaim(head, upTo);
        }
    }

    private long reclaimable(long at, long drained) {
        return journaled ? Math.min(drained, Mem.getLongVolatile(at + ShardDescriptor.JOURNALED_OFFSET)) : drained;
    }

    /** R2: IDLE by compare-and-set if nothing is left, else READY. */
    private void leave(int shard, long at) {
        long state = engine.stateAddress(shard);
        if (!left(shard, at) && Mem.casInt(state, STATE_OWNED, STATE_IDLE)) {
            return;
        }
        Mem.getAndSetInt(state, STATE_READY);
    }

    private boolean left(int shard, long at) {
        long drained = Mem.getLong(at + ShardDescriptor.DRAINED_OFFSET);
        ClaimRing ring = rings[shard];
        boolean record = drained < limit(ring, at) && Mem.getIntVolatile(ring.address(drained)) > 0;
        return record || overflows[shard].bytes() != 0 || reclaimable(at, drained) > ring.head();
    }

    private static void bump(long counter, long by) {
        if (by != 0) {
            Mem.putLongOrdered(counter, Mem.getLong(counter) + by);
        }
    }
}
