package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;

import java.util.List;
import org.talaria.DeadLetter.Reason;
import org.talaria.ReplyTimeoutException;
import org.talaria.RequestFailedException;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.message.Codec;

/** Control records and replies, between messages of their endpoint, by the holder of its shard (R14). */
final class Controls {
    private final Engine engine;

    Controls(Engine engine) {
        this.engine = engine;
    }

    void handle(Turn turn, Cell<?> cell, long record, int type, int flags, long payload, int lengthBytes)
            throws Throwable {
        switch (type) {
            case RecordDescriptor.CONTROL_START -> start(turn, cell);
            case RecordDescriptor.CONTROL_STOP -> stop(turn, cell);
            case RecordDescriptor.CONTROL_BY_REFERENCE -> {
                turn.reference(engine.references().take(Mem.getLong(payload)));
                cell.admit(turn, type, lengthBytes);
                cell.handle(turn, type, payload, lengthBytes);
            }
            case RecordDescriptor.CONTROL_TIMEOUT -> timeout(cell, Mem.getLong(payload));
            case RecordDescriptor.CONTROL_FAILURE -> failure(cell, correlation(record, flags), Mem.getInt(payload));
            case RecordDescriptor.CONTROL_ABANDONED ->
                throw new Unhandled(
                        Reason.BAD_RECORD,
                        "a message to " + cell.endpointName() + " could not be written by its sender");
            default -> {
                if (type < RecordDescriptor.FIRST_MESSAGE_TYPE) {
                    throw new Unhandled(Reason.BAD_RECORD, "control record of unknown type " + type);
                }
                reply(cell, correlation(record, flags), type, payload, lengthBytes);
            }
        }
    }

    private static long correlation(long record, int flags) {
        return Mem.getLong(record + RecordDescriptor.extensionOffset(flags, FLAG_CORRELATION));
    }

    private void reply(Cell<?> cell, long correlation, int type, long payload, int lengthBytes) {
        HandlerAsk waiting = take(cell, correlation);
        Codec<?> codec = engine.schemas().byId(type);
        if (waiting == null) {
            throw new Unhandled(Reason.TIMED_OUT, cell.endpointName() + " no longer waits for this reply");
        }
        if (codec == null) {
            // Taken out already: whoever waits has to be told before this record dies.
            waiting.resume(
                    null,
                    new RequestFailedException(
                            Reason.UNKNOWN_SCHEMA,
                            "a reply of " + engine.schemas().describe(type)));
            throw new Unhandled(
                    Reason.UNKNOWN_SCHEMA, "a reply of " + engine.schemas().describe(type));
        }
        waiting.resume(codec.decode(payload, lengthBytes), null);
    }

    private static void failure(Cell<?> cell, long correlation, int code) {
        HandlerAsk waiting = take(cell, correlation);
        if (waiting != null) {
            Reason reason = Reason.ofCode(code);
            waiting.resume(
                    null, new RequestFailedException(reason, "no reply (" + reason + "): " + reason.explanation()));
        }
    }

    private static void timeout(Cell<?> cell, long correlation) {
        HandlerAsk waiting = take(cell, correlation);
        if (waiting != null) {
            waiting.resume(
                    null,
                    new ReplyTimeoutException(
                            "no reply to " + cell.endpointName()
                                    + " in time: who was asked is slow, or never replies; context.ask(…) takes a longer time-out"));
        }
    }

    private static @org.jspecify.annotations.Nullable HandlerAsk take(Cell<?> cell, long correlation) {
        Cell.Extras extras = cell.extrasOrNull();
        return extras == null ? null : extras.asks.remove(correlation);
    }

    private void start(Turn turn, Cell<?> cell) throws Exception {
        try {
            cell.started(turn);
        } catch (Exception e) {
            finish(turn, cell);
            throw e;
        }
    }

    /** Stops an endpoint: at once if it has no children; else they are told first, and the end of the last tells this one again. */
    void stop(Turn turn, Cell<?> cell) {
        boolean refused = false;
        List<Cell<?>> children = engine.lifecycle().awaitChildren(cell);
        for (Cell<?> child : children) {
            if (!engine.lifecycle().isTold(child)) {
                if (tell(turn, child)) {
                    engine.lifecycle().told(child);
                } else {
                    refused |= !stopHere(turn, child);
                }
            }
        }
        // Refused for want of room, on another shard: told again by the turn of our own STOP
        if (children.isEmpty() || (refused && !tell(turn, cell))) {
            finish(turn, cell);
        }
    }

    private static boolean tell(Turn turn, Cell<?> cell) {
        return turn.claim(cell, RecordDescriptor.CONTROL_STOP, 0, 0, 0, 0) != 0
                && turn.commit().accepted();
    }

    /** Stops an endpoint whose STOP was refused, if its shard is the one that we hold (R14). */
    private boolean stopHere(Turn turn, Cell<?> cell) {
        boolean here = cell.shard() == engine.shardOf(turn.lane());
        if (here) {
            stop(turn, cell);
        }
        return here;
    }

    private void finish(Turn turn, Cell<?> cell) {
        engine.lifecycle().finish(cell, parent -> {
            if (!tell(turn, parent) && !stopHere(turn, parent)) {
                String text = "its children have stopped, and there was no room to tell it: stop it again";
                engine.deadLetters().error(parent.endpointName(), new TalariaException(text));
            }
        });
    }
}
