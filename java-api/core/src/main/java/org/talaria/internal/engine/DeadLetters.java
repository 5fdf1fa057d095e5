package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY_TO;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_WAITER;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineError;
import org.talaria.TalariaConfig;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.message.Codec;

/** Where accepted messages go that are not handled: told to the listener with their reason, logged in the turn log, and their askers told. */
final class DeadLetters {
    private static final System.Logger LOG = System.getLogger("org.talaria");

    private final Engine engine;
    private final FailureLog failureLog;
    private final Consumer<DeadLetter> onDeadLetter;
    private final Consumer<EngineError> onError;

    DeadLetters(Engine engine) {
        this.engine = engine;
        TalariaConfig config = engine.config();
        failureLog = new FailureLog(engine.clock()::nanoTime, config.onError() == null);
        onDeadLetter = Objects.requireNonNullElse(config.onDeadLetter(), failureLog::deadLetter);
        onError = Objects.requireNonNullElse(config.onError(), failureLog::error);
    }

    /** A record found by the walker, in a turn. */
    void record(
            Turn turn,
            @Nullable Cell<?> cell,
            long record,
            int length,
            int type,
            long position,
            Reason reason,
            @Nullable Throwable cause) {
        TurnLog log = turn.log();
        if (log != null) {
            log.dead(turn.lane(), reason.code(), position);
        }
        publish(turn, cell, record, length, type, reason, cause);
    }

    /** A record that C++ could not handle; its DEAD entry is written below. */
    void publish(
            Turn turn,
            @Nullable Cell<?> cell,
            long record,
            int length,
            int type,
            Reason reason,
            @Nullable Throwable cause) {
        engine.counters().dead(reason);
        int index = Mem.getInt(record + RecordDescriptor.TARGET_OFFSET);
        String name = cell == null ? "#" + index : cell.endpointName();
        if (reason == Reason.HANDLER_FAILED && cause != null) {
            error(name, cause);
        }
        try {
            DeadLetter letter = new DeadLetter(
                    name,
                    reason,
                    message(turn, record, length, type),
                    type,
                    Mem.getInt(record + RecordDescriptor.SENDER_OFFSET),
                    Mem.getInt(record + RecordDescriptor.SEQUENCE_OFFSET),
                    cause);
            tell(letter);
        } finally {
            failAsker(turn, record, reason, cause);
        }
    }

    /** A log that throws as well must not keep the asker from being told. */
    private static void log(String text, Throwable cause) {
        try {
            LOG.log(System.Logger.Level.WARNING, text, cause);
        } catch (Throwable e) {
            // There is nobody left to tell
        }
    }

    private @Nullable Object message(Turn turn, long record, int length, int type) {
        int header = RecordDescriptor.headerBytes(RecordDescriptor.flags(record));
        if (type == RecordDescriptor.CONTROL_BY_REFERENCE) {
            // A handler that threw has taken it out of the slab already.
            Object taken = turn.reference();
            return taken != null ? taken : engine.references().take(Mem.getLong(record + header));
        }
        Codec<?> codec = engine.schemas().byId(type);
        if (codec == null) {
            return null;
        }
        try {
            return codec.decode(record + header, length - header);
        } catch (Throwable e) {
            // A record's constructor may throw anything; the letter goes without its message then
            return null;
        }
    }

    private void tell(DeadLetter letter) {
        try {
            onDeadLetter.accept(letter);
        } catch (Throwable e) {
            log("the dead-letter listener threw", e);
        }
    }

    /** A reply whose asker has given up: nobody's message, so that it counts nowhere, but it is not silent. */
    void late(String target, Object reply, int schemaId) {
        engine.counters().late();
        tell(new DeadLetter(target, Reason.TIMED_OUT, reply, schemaId, 0, 0, null));
    }

    /** Who asked will get no reply, and is told now. */
    private void failAsker(Turn turn, long record, Reason reason, @Nullable Throwable cause) {
        int flags = RecordDescriptor.flags(record);
        if ((flags & FLAG_CORRELATION) == 0 || (flags & RecordDescriptor.FLAG_REPLY) != 0) {
            return;
        }
        long correlation = Mem.getLong(record + RecordDescriptor.extensionOffset(flags, FLAG_CORRELATION));
        if ((flags & FLAG_WAITER) != 0) {
            engine.waiters().fail(correlation, reason, cause);
        } else if ((flags & FLAG_REPLY_TO) != 0) {
            long address = Mem.getLong(record + RecordDescriptor.extensionOffset(flags, FLAG_REPLY_TO));
            Cell<?> asker = engine.cellOf(address);
            if (asker != null) {
                engine.failReply(turn, asker, correlation, reason);
            }
        }
    }

    /** The engine is closed: what was held back is told in one line. */
    void close() {
        failureLog.close();
    }

    /** A failure: to the region's error log and to the listener. */
    void error(String where, Throwable cause) {
        try {
            engine.errorLog().record(cause);
            onError.accept(new EngineError(where, cause));
        } catch (Throwable e) {
            log("the error of " + where + " could not be told", e);
        }
    }
}
