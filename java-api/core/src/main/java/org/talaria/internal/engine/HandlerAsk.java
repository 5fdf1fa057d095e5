package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.RecordDescriptor;

/** A handler's ask: what it goes on with, and its time-out, which comes as a record in its ring, journaled like any. */
final class HandlerAsk extends TimerEntry {
    private static final long NO_ROOM_NS = 1_000_000;
    private static final long FAILED_NS = 100_000_000;

    private final Cell<?> cell;
    private final long correlation;
    private final Continuation then;

    HandlerAsk(Cell<?> cell, long correlation, Continuation then) {
        this.cell = cell;
        this.correlation = correlation;
        this.then = then;
    }

    /** Goes on, in the asker's turn: with the reply or the failure. */
    void resume(@Nullable Object reply, @Nullable Throwable failure) {
        cell.engine().timerService().cancel(this);
        then.resume(reply, failure);
    }

    /** The time is up: the endpoint is told. */
    @Override
    public void run() {
        // Unless it threw (no sender slot was left): the completer reports it, and the ask must end all the same
        long againNs = FAILED_NS;
        boolean told = false;
        try {
            told = cell.engine().controlRecord(cell, RecordDescriptor.CONTROL_TIMEOUT, correlation);
            againNs = NO_ROOM_NS;
        } finally {
            if (!told) {
                cell.engine().timerService().schedule(this, againNs);
            }
        }
    }
}
