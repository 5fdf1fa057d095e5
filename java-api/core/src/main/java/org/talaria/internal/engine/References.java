package org.talaria.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/** Objects on their way by reference: the record carries a handle. For receivers in this process only. */
final class References {
    private final ConcurrentHashMap<Long, Object> objects = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong(1);

    /** The object of a handle, once. */
    @Nullable
    Object take(long handle) {
        return objects.remove(handle);
    }

    /** Whether an object may travel in this engine. @throws TalariaException if not */
    static void check(Engine engine, Object message) {
        if (engine.journaled()) {
            throw new TalariaException(
                    message.getClass().getName()
                            + " travels by reference and cannot be journaled: make it a @Message, or open the engine without a journal");
        }
    }

    static <M> Outcome tell(Sender sender, BaseRef<M> to, M message) {
        return tell(sender, to, message, 0, 0);
    }

    /** The same with flags, and the word of one of them. */
    static <M> Outcome tell(Sender sender, BaseRef<M> to, M message, int flags, long correlation) {
        Engine engine = to.cell().engine();
        check(engine, message);
        References references = engine.references();
        long handle = references.next.getAndIncrement();
        references.objects.put(handle, message);
        boolean sent = false;
        try {
            Outcome outcome = send(sender, to, handle, flags | RecordDescriptor.FLAG_BY_REFERENCE, correlation);
            sent = outcome.accepted();
            return outcome;
        } finally {
            // An interrupt while it waits for room, for one
            if (!sent) {
                references.objects.remove(handle);
            }
        }
    }

    private static Outcome send(Sender sender, BaseRef<?> to, long handle, int flags, long correlation) {
        Turn turn = sender.turn();
        long payload = turn != null
                ? turn.claim(to, RecordDescriptor.CONTROL_BY_REFERENCE, 8, flags, correlation, 0)
                : sender.claimRecord(to, RecordDescriptor.CONTROL_BY_REFERENCE, 8, flags, correlation, 0);
        if (payload == 0) {
            return turn != null ? turn.refusal() : sender.refusal();
        }
        Mem.putLong(payload, handle);
        return sender.commit();
    }
}
