package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FIRST_MESSAGE_TYPE;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_EXPIRES;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY;

import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;

/** Walks a block of records where it lies and runs the endpoints' handlers: what both engines call. Catches per record (R13). */
final class Walker {
    /** Messages handled without going down to native code, which publishes counts and frees the ring's space. */
    private static final int MOST_STAYED = 64;

    /** In place of an endpoint's index. */
    private static final int NOBODY = -1;

    private static final int LOOKS = 48;
    private static final int LOOKS_BETWEEN_SCANS = 16;
    private static final long JOINED = RecordDescriptor.targetWord(0, RecordDescriptor.FLAG_JOIN);

    private final Engine engine;
    private final Controls controls;
    private final DeadLetters deadLetters;
    private final Displacing displacing;
    private final Samples samples;
    private final long rows;

    Walker(Engine engine) {
        this.engine = engine;
        rows = engine.region().rows();
        deadLetters = engine.deadLetters();
        samples = engine.samples();
        controls = new Controls(engine);
        displacing = new Displacing(engine);
    }

    /** Handles a block. @return records handled in bits 0–31, dead in bits 32–62 */
    long walk(Turn turn, Sender sender, long address, int lengthBytes, long position, int lane) {
        // A native take is outside Java's memory model: what the last drainer of this shard wrote to the heap must be
        // seen.
        Mem.acquireFence();
        turn.enter(sender.thread(), lane);
        sender.turn(turn);
        try {
            long record = address;
            long end = address + lengthBytes;
            long toPosition = position - address;
            Cell<?> cell = null;
            while (record < end) {
                cell = target(cell, record);
                record = isPlain(cell, record)
                        ? turn.sampled()
                                ? timed(turn, cell, record, end, toPosition)
                                : run(turn, cell, record, end, toPosition)
                        : one(turn, cell, record, toPosition);
            }
            if (Mem.getLong(turn.block() + WorkerDescriptor.STAYED_OFFSET) == WorkerDescriptor.MAY_STAY) {
                stay(turn, position + lengthBytes, lane, cell);
            } else {
                // The block is done: what fails from here on is no failure of a record (R13)
                Mem.putLongOrdered(turn.block() + WorkerDescriptor.POSITION_OFFSET, position + lengthBytes);
            }
        } finally {
            try {
                turn.leave();
            } finally {
                sender.turn(null);
                // Pairs with the acquireFence of whoever takes the shard next
                Mem.releaseFence();
            }
        }
        return turn.counts();
    }

    /**
     * Waits a little for the next message and handles it here, as long as they come one at a time: to go down to native code and come up again costs more than to handle
     * one, and whoever waits for the answer pays it. What is no plain message to a Java endpoint is left to native code.
     */
    private void stay(Turn turn, long from, int lane, @Nullable Cell<?> last) {
        ClaimRing ring = engine.laneRings()[lane];
        // RING-2: below this a length is proof (R3)
        long limit = ring.head() + ring.capacityBytes();
        long stayed = turn.block() + WorkerDescriptor.STAYED_OFFSET;
        // Its space is freed when we are back: a ring that is small against its records must not fill up meanwhile
        long most = from + ring.capacityBytes() / 8;
        // Done with the block: R13 goes on behind it
        Mem.putLongOrdered(stayed, 0);
        long position = from;
        Cell<?> cell = last;
        for (int i = 0; i < MOST_STAYED && position < most; i++) {
            turn.flush();
            long record = ring.address(position);
            if (position >= limit || engine.mustLeave(lane) || !comes(record, lane)) {
                return;
            }
            cell = target(cell, record);
            if (!isPlain(cell, record) || cell.kind() != EndpointDescriptor.KIND_JAVA) {
                return;
            }
            position += run(turn, cell, record, record + 1, position - record) - record;
            Mem.putLongOrdered(stayed, position - from);
        }
    }

    /** Looks at a record's length for a while; not where anything else is to do. */
    private boolean comes(long record, int lane) {
        for (int look = 0; look < LOOKS; look++) {
            // acquire: pairs with the commit
            if (Mem.getIntVolatile(record) > 0) {
                return true;
            }
            if (look % LOOKS_BETWEEN_SCANS == LOOKS_BETWEEN_SCANS - 1 && engine.mustLeave(lane)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** The cell of a record's target, given that of the record before; null if there was none. */
    private @Nullable Cell<?> target(@Nullable Cell<?> last, long record) {
        int index = Mem.getInt(record + RecordDescriptor.TARGET_OFFSET);
        return last != null && last.index() == index && last.generation() == RecordDescriptor.generation(record)
                ? last
                : engine.cellAt(index);
    }

    /** A message, no reply, to a cell of its generation, that nothing but its being handled can happen to. */
    private static boolean isPlain(@Nullable Cell<?> cell, long record) {
        return cell != null
                && cell.generation() == RecordDescriptor.generation(record)
                && Mem.getInt(record + RecordDescriptor.TYPE_OFFSET) >= FIRST_MESSAGE_TYPE
                && (RecordDescriptor.flags(record) & (FLAG_REPLY | FLAG_EXPIRES)) == 0
                && !cell.displaces();
    }

    /**
     * Handles consecutive messages of one type and length to one endpoint: what they have in common is looked at once, the live home word before each (R15). Ends
     * early where that word changed, and at any other record.
     *
     * @return the address behind
     */
    private long run(Turn turn, Cell<?> cell, long first, long end, long toPosition) {
        long row = rows + (long) cell.index() * EndpointDescriptor.BYTES;
        int live = cell.liveHalf();
        // pairs with control's seq_cst writes
        if (HomeWord.half(Mem.getLongVolatile(row)) != live) {
            return one(turn, cell, first, toPosition);
        }
        long lengthWord = Mem.getLong(first);
        long targetWord = Mem.getLong(first + RecordDescriptor.TARGET_OFFSET);
        int header = RecordDescriptor.headerBytes(RecordDescriptor.flags(first));
        int length = Mem.getInt(first);
        int stride = RingDescriptor.align8(length);
        int type = (int) (lengthWord >>> 32);
        long published = turn.block() + WorkerDescriptor.POSITION_OFFSET;
        boolean bounded = cell.bounded();
        boolean counts = bounded || (targetWord & JOINED) != 0;
        boolean admitted = false;
        int dead = 0;
        long record = first;
        turn.begin(cell, first, first + toPosition);
        runs(turn, cell.index());
        boolean more = true;
        while (more) {
            try {
                Mem.putLongOrdered(published, record + toPosition);
                turn.next(record);
                if (!admitted) {
                    cell.admit(turn, type, length - header);
                    admitted = true;
                }
                // Little is alive in here, so that it stays in registers
                while (true) {
                    cell.handle(turn, type, record + header, length - header);
                    if (counts) {
                        done(turn, row, record, bounded);
                    }
                    record += stride;
                    if (!isLike(turn, record, end, lengthWord, targetWord, row, live)) {
                        more = false;
                        break;
                    }
                    Mem.putLongOrdered(published, record + toPosition);
                    turn.next(record);
                }
            } catch (Throwable e) {
                if (record != turn.record()) {
                    // Behind a record that is done: no failure of one. The walk goes on with the next
                    deadLetters.error(cell.endpointName(), e);
                    break;
                }
                failedOfRun(turn, cell, record, e);
                dead++;
                record += stride;
                more = isLike(turn, record, end, lengthWord, targetWord, row, live);
            }
        }
        int handled = (int) ((record - first) / stride) - dead;
        ran(turn, cell, row, handled, dead);
        return record;
    }

    /** The end of a run. */
    private void ran(Turn turn, Cell<?> cell, long row, int handled, int dead) {
        runs(turn, NOBODY);
        tally(row, handled);
        stopIfAsked(turn, cell);
        turn.end();
        turn.count(handled, dead);
    }

    /** Whether the next record is of the run. */
    private static boolean isLike(
            Turn turn, long record, long end, long lengthWord, long targetWord, long row, int live) {
        return record < end
                && Mem.getLong(record) == lengthWord
                && Mem.getLong(record + RecordDescriptor.TARGET_OFFSET) == targetWord
                && HomeWord.half(Mem.getLongVolatile(row)) == live
                && !turn.stopRequested();
    }

    private void failedOfRun(Turn turn, Cell<?> cell, long record, Throwable e) {
        if (cell.bounded()) {
            done(cell.row());
        }
        failed(turn, cell, record, e);
        turn.joins().done(record, false);
    }

    private void failed(Turn turn, Cell<?> cell, long record, Throwable e) {
        Reason reason = e instanceof Unhandled unhandled ? unhandled.reason() : Reason.HANDLER_FAILED;
        int length = Mem.getInt(record);
        int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
        deadLetters.record(turn, cell, record, length, type, turn.position(), reason, e);
    }

    private void stopIfAsked(Turn turn, Cell<?> cell) {
        if (turn.takeStopRequest()) {
            try {
                controls.stop(turn, cell);
            } catch (Throwable e) {
                // The record is done: it must not be buried for this
                deadLetters.error(cell.endpointName(), e);
            }
        }
    }

    /** Any record: padding, control records, replies, what is stale. @return the address behind */
    private long one(Turn turn, @Nullable Cell<?> cell, long record, long toPosition) {
        int length = Mem.getInt(record);
        int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
        if (type != RingDescriptor.PADDING_TYPE) {
            long position = record + toPosition;
            Mem.putLongOrdered(turn.block() + WorkerDescriptor.POSITION_OFFSET, position);
            boolean handled = one(turn, cell, record, length, type, position);
            turn.count(handled ? 1 : 0, handled ? 0 : 1);
            turn.joins().done(record, handled);
        }
        return record + RingDescriptor.align8(length);
    }

    private boolean one(Turn turn, @Nullable Cell<?> cell, long record, int length, int type, long position) {
        int generation = RecordDescriptor.generation(record);
        if (cell == null || cell.generation() != generation) {
            turn.at(record, position);
            deadLetters.record(turn, cell, record, length, type, position, Reason.NO_SUCH_ENDPOINT, null);
            return false;
        }
        // R15: the live home word, before each record; pairs with control's seq_cst writes
        int half = HomeWord.half(Mem.getLongVolatile(rows + (long) cell.index() * EndpointDescriptor.BYTES));
        turn.begin(cell, record, position);
        boolean displaced = false;
        runs(turn, cell.index());
        try {
            Reason reason = half == cell.liveHalf() ? givenUp(turn, cell, record, type) : stale(half, generation);
            displaced = reason == Reason.DISPLACED;
            if (reason != null) {
                deadLetters.record(turn, cell, record, length, type, position, reason, null);
                return false;
            }
            return handle(turn, cell, record, length, type);
        } finally {
            runs(turn, NOBODY);
            if (cell.counted() && !stopped(cell)) {
                done(cell.row());
                displacing.done(turn, cell, displaced);
            }
            stopIfAsked(turn, cell);
            turn.end();
        }
    }

    /** Why a record is not handled though its endpoint lives: its time is up, or a newer one takes its place. Null: it is. */
    private @Nullable Reason givenUp(Turn turn, Cell<?> cell, long record, int type) {
        int flags = RecordDescriptor.flags(record);
        if (!engine.keepsTime()) {
            // A replay: what the run gave up does not come here
            return null;
        }
        if ((flags & FLAG_EXPIRES) != 0) {
            long expiresNs = Mem.getLong(record + RecordDescriptor.extensionOffset(flags, FLAG_EXPIRES));
            if (engine.clock().nanoTime() - expiresNs > 0) {
                return Reason.EXPIRED;
            }
        }
        return cell.displaces() && !Envelope.must(type, flags) && displacing.isDisplaced(turn, cell)
                ? Reason.DISPLACED
                : null;
    }

    /** A stopped endpoint's row may be another's by now: only the holder of the shard stops, so this cannot change under us. */
    private static boolean stopped(Cell<?> cell) {
        int half = HomeWord.half(Mem.getLongVolatile(cell.row()));
        return HomeWord.generation(half) != cell.generation() || HomeWord.state(half) == HomeWord.STOPPED;
    }

    /** Why a home word that is not that of the living endpoint forbids handling; null: it does not. */
    private @Nullable Reason stale(int half, int generation) {
        if (HomeWord.generation(half) != generation) {
            return Reason.NO_SUCH_ENDPOINT;
        }
        if (HomeWord.state(half) == HomeWord.LIVE) {
            return null;
        }
        if (HomeWord.state(half) == HomeWord.CLOSED) {
            return engine.discarding() ? Reason.CLOSED : null;
        }
        return engine.discarding() ? Reason.CLOSED : Reason.STOPPED;
    }

    private boolean handle(Turn turn, Cell<?> cell, long record, int length, int type) {
        int flags = RecordDescriptor.flags(record);
        int header = RecordDescriptor.headerBytes(flags);
        try {
            if (type < FIRST_MESSAGE_TYPE || (flags & FLAG_REPLY) != 0) {
                controls.handle(turn, cell, record, type, flags, record + header, length - header);
            } else {
                cell.admit(turn, type, length - header);
                cell.handle(turn, type, record + header, length - header);
                tally(cell.row(), 1);
            }
            return true;
        } catch (Throwable e) {
            failed(turn, cell, record, e);
            return false;
        }
    }

    /** A record of a run is handled, of a bounded mailbox or of a join. */
    private static void done(Turn turn, long row, long record, boolean bounded) {
        if (bounded) {
            done(row);
        }
        turn.joins().done(record, true);
    }

    /** For monitors, which look at the line that is written with each message anyway. */
    private static void runs(Turn turn, int endpoint) {
        Mem.putIntOrdered(turn.block() + WorkerDescriptor.ENDPOINT_OFFSET, endpoint);
    }

    /** Counts messages of an endpoint that monitors look at. */
    private void tally(long row, int handled) {
        int slot = Mem.getInt(row + EndpointDescriptor.SLOT_OFFSET);
        if (slot != 0) {
            samples.handled(slot, handled);
        }
    }

    /** A run of which it is measured what it takes. */
    private long timed(Turn turn, Cell<?> cell, long first, long end, long toPosition) {
        long row = cell.row();
        long before = turn.counts() & 0xFFFFFFFFL;
        long startNs = System.nanoTime();
        long behind = run(turn, cell, first, end, toPosition);
        long tookNs = System.nanoTime() - startNs;
        int handled = (int) ((turn.counts() & 0xFFFFFFFFL) - before);
        int slot = Mem.getInt(row + EndpointDescriptor.SLOT_OFFSET);
        if (slot != 0 && handled > 0) {
            samples.took(slot, handled, tookNs);
        }
        return behind;
    }

    private static void done(long row) {
        long done = row + EndpointDescriptor.DONE_OFFSET;
        // release: senders that see the place free may see the handler's effects (R24)
        Mem.putLongOrdered(done, Mem.getLong(done) + 1);
    }
}
