package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.message.View;

/** The calls of one thread, one at a time: they share a waiter's slot, taken with the first. */
final class Calls {
    private static final int NO_SLOT = -1;

    private final Engine engine;
    private final Thread thread;
    private int slot = NO_SLOT;
    private long deadlineNs;

    Calls(Engine engine, Thread thread) {
        this.engine = engine;
        this.thread = thread;
    }

    /** Registers the waiter, before the request is claimed (R25). @return the correlation of the request */
    long register(@Nullable Turn turn, long forNs) {
        if (turn != null) {
            throw new IllegalStateException("call() waits, and a handler must not: use context.ask(…) there");
        }
        if (slot == NO_SLOT) {
            slot = engine.waiters().takeSlot();
        }
        deadlineNs = forNs;
        return engine.waiters().register(slot, thread);
    }

    /** The request was not sent. */
    void cancel() {
        engine.waiters().cancel(slot);
    }

    /** The slot; below 0 before the first call. */
    int slot() {
        return slot;
    }

    /** Waits for the reply, and copies it into a view. */
    Outcome awaitInto(View<?> reply, Sender sender) {
        return engine.waiters().awaitInto(slot, deadlineNs, reply, sender);
    }
}
