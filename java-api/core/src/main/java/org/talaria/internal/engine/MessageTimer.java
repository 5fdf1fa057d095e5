package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.Timer;

/**
 * A timer that sends a message. It is sent and cancelled under the timer's own lock, so that one of the two comes first: its holder never waits for room.
 *
 * @param <M> type of the message
 */
class MessageTimer<M> extends TimerEntry implements Timer {
    /** Of a timer that sends once. */
    static final long ONCE = 0;

    private final BaseRef<M> to;
    private final long periodNs;
    private final TimerService service;
    /** Null when it has ended. */
    private @Nullable M message;

    private long missed;
    private boolean sending;

    /** The endpoint that made it, and that one's other timers: under the service's lock. */
    Cell.@Nullable Extras owner;

    @Nullable
    MessageTimer<?> ownersPrevious;

    @Nullable
    MessageTimer<?> ownersNext;

    MessageTimer(TimerService service, BaseRef<M> to, M message, long periodNs) {
        this.service = service;
        this.to = to;
        this.message = message;
        this.periodNs = periodNs;
    }

    Cell<?> target() {
        return to.cell();
    }

    @Override
    public void run() {
        service.full().send(this);
    }

    /** Sends the message, unless it was cancelled; never waits. @return false if the endpoint is full and lets its senders wait */
    synchronized boolean send() {
        M due = message;
        if (due == null) {
            return true;
        }
        Outcome outcome = null;
        sending = true;
        try {
            outcome = tell(to.atOnce(), due);
        } finally {
            sending = false;
            if (outcome == null) {
                end();
            }
        }
        if (outcome == Outcome.TIMED_OUT) {
            return false;
        }
        if (periodNs == ONCE || !goesOn(outcome)) {
            end();
        } else if (message != null) {
            scheduleNext(outcome);
        }
        return true;
    }

    /** Sends the message. @return TIMED_OUT: it is tried again soon */
    Outcome tell(BaseRef<M> ref, M due) {
        return ref.tell(due);
    }

    /** Whether there may be a better time: a full endpoint's policy is its own. */
    private static boolean goesOn(Outcome outcome) {
        return outcome == Outcome.ACCEPTED || outcome == Outcome.BACK_PRESSURED || outcome == Outcome.DROPPED;
    }

    /** The message was sent, or refused so, and another is to follow. Under the timer's lock. */
    void scheduleNext(Outcome sent) {
        long now = service.nowNs();
        long next = deadlineNs + periodNs;
        if (next <= now) {
            long passed = (now - next) / periodNs + 1;
            missed += passed;
            next += passed * periodNs;
        }
        service.scheduleAt(this, next);
    }

    /** Nothing is sent any more. */
    synchronized void end() {
        message = null;
        service.forget(this);
    }

    @Override
    public synchronized boolean cancel() {
        if (!pending()) {
            return false;
        }
        // Sending: then this is an accessor of the message, on the thread that sends it
        boolean cancelled = periodNs != ONCE || !sending;
        end();
        return cancelled;
    }

    @Override
    public synchronized boolean pending() {
        return message != null && !service.closed();
    }

    @Override
    public synchronized long missed() {
        return missed;
    }

    @Override
    public String toString() {
        return "timer to " + to.name() + (periodNs == ONCE ? "" : ", every " + periodNs + " ns");
    }
}
