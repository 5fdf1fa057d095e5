package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;

/** What the owner of a waiter's slot alone writes, but for a failure: to register touches no line that others write. Lines of its own, wherever the collector puts it. */
final class WaiterSlot extends Padding {
    /** No correlation: nobody waits. */
    static final long NONE = -1;

    /** The next generation, or the one that is waited for. */
    int generation;

    /** What {@code notify} of the slot holds. */
    int notified;

    /**
     * The correlation that is waited with, or {@link #NONE}. In front of the claim of the request, whose compare-and-set is seq_cst (R25); read by
     * {@link Waiters#failAll} for those whose request was taken long ago.
     */
    long waiting = NONE;

    @Nullable
    Thread thread;

    /** What a Java handler threw: the one field that who completes writes, before the signal; read and cleared behind that. */
    @Nullable
    Throwable failure;

    /** The thread invokes the engine while it waits. */
    boolean invoking;
}
