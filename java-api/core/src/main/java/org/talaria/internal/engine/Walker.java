package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FIRST_MESSAGE_TYPE;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY;

import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** Walks a block of records where it lies and runs the endpoints' handlers: what both engines call. Catches per record (R13). */
final class Walker {
    private final Engine engine;
    private final Controls controls;
    private final DeadLetters deadLetters;

    Walker(Engine engine) {
        this.engine = engine;
        deadLetters = engine.deadLetters();
        controls = new Controls(engine);
    }

    /** Handles a block. @return records handled in bits 0–31, dead in bits 32–62 */
    long walk(Turn turn, Sender sender, long address, int lengthBytes, long position, int shard) {
        // A native take is outside Java's memory model: what the last drainer of this shard wrote to the heap must be
        // seen.
        Mem.acquireFence();
        turn.enter(sender.thread(), shard);
        sender.turn(turn);
        long handled = 0;
        long dead = 0;
        try {
            long record = address;
            long end = address + lengthBytes;
            while (record < end) {
                int length = Mem.getInt(record);
                int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
                if (type != RingDescriptor.PADDING_TYPE) {
                    long at = position + (record - address);
                    Mem.putLongOrdered(turn.block() + WorkerDescriptor.POSITION_OFFSET, at);
                    if (one(turn, record, length, type, at)) {
                        handled++;
                    } else {
                        dead++;
                    }
                }
                record += RingDescriptor.align8(length);
            }
            Mem.putLongOrdered(turn.block() + WorkerDescriptor.POSITION_OFFSET, -1);
        } finally {
            turn.leave();
            sender.turn(null);
            Mem.releaseFence();
        }
        return handled | dead << 32;
    }

    private boolean one(Turn turn, long record, int length, int type, long position) {
        Cell<?> cell = engine.cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
        int generation = RecordDescriptor.generation(record);
        if (cell == null || cell.generation() != generation) {
            deadLetters.record(turn, cell, record, length, type, position, Reason.NO_SUCH_ENDPOINT, null);
            return false;
        }
        Reason reason = stale(cell, generation);
        turn.begin(cell, record, position);
        try {
            if (reason != null) {
                deadLetters.record(turn, cell, record, length, type, position, reason, null);
                return false;
            }
            return handle(turn, cell, record, length, type, position);
        } finally {
            if (cell.bounded() && !stopped(cell)) {
                long done = cell.row() + EndpointDescriptor.DONE_OFFSET;
                // release: senders that see the place free may see the handler's effects (R24)
                Mem.putLongOrdered(done, Mem.getLong(done) + 1);
            }
            if (turn.takeStopRequest()) {
                controls.stop(turn, cell);
            }
            turn.end();
        }
    }

    /** A stopped endpoint's row may be another's by now: only the holder of the shard stops, so this cannot change under us. */
    private static boolean stopped(Cell<?> cell) {
        int half = HomeWord.half(Mem.getLongVolatile(cell.row()));
        return HomeWord.generation(half) != cell.generation() || HomeWord.state(half) == HomeWord.STOPPED;
    }

    /** R15: the live home word, before each record. */
    private @Nullable Reason stale(Cell<?> cell, int generation) {
        int half = HomeWord.half(Mem.getLongVolatile(cell.row()));
        int state = HomeWord.state(half);
        if (HomeWord.generation(half) == generation && state == HomeWord.LIVE) {
            return null;
        }
        if (HomeWord.generation(half) != generation) {
            return Reason.NO_SUCH_ENDPOINT;
        }
        if (state == HomeWord.CLOSED) {
            return engine.discarding() ? Reason.CLOSED : null;
        }
        return engine.discarding() ? Reason.CLOSED : Reason.STOPPED;
    }

    private boolean handle(Turn turn, Cell<?> cell, long record, int length, int type, long position) {
        int flags = RecordDescriptor.flags(record);
        int header = RecordDescriptor.headerBytes(flags);
        try {
            if (type < FIRST_MESSAGE_TYPE || (flags & FLAG_REPLY) != 0) {
                controls.handle(turn, cell, record, type, flags, record + header, length - header);
            } else {
                cell.handle(turn, type, record + header, length - header);
            }
            return true;
        } catch (Unhandled e) {
            deadLetters.record(turn, cell, record, length, type, position, e.reason(), e);
        } catch (Throwable e) {
            deadLetters.record(turn, cell, record, length, type, position, Reason.HANDLER_FAILED, e);
        }
        return false;
    }
}
