package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done at a time. Its place among the pending ones is kept here, so that it is taken out without a map. Run by the polling thread, once for each time it was
 * scheduled.
 */
abstract class TimerEntry implements Runnable {
    /** {@link #heapIndex} of an entry that is in no heap. */
    static final int NOWHERE = -1;

    /** In nanoseconds since the engine opened. These are the {@link TimerWheel}'s, under its owner's lock. */
    long deadlineNs;

    long order;
    int heapIndex = NOWHERE;

    TimerWheel.@Nullable Slot slot;

    @Nullable
    TimerEntry previous;

    @Nullable
    TimerEntry next;

    /** Whether it is due before another: by (deadline, order of scheduling). */
    final boolean isBefore(TimerEntry other) {
        return deadlineNs < other.deadlineNs || (deadlineNs == other.deadlineNs && order < other.order);
    }
}
