package org.talaria.internal.engine;

import org.talaria.Outcome;

/**
 * A timer whose next message is sent a time after the last was handled, or died: each is a fork of one, whose end schedules the next.
 *
 * @param <M> type of the message
 */
final class DelayTimer<M> extends MessageTimer<M> {
    private final Engine engine;
    private final long delayNs;

    DelayTimer(Engine engine, BaseRef<M> to, M message, long delayNs) {
        super(engine.timerService(), to, message, delayNs);
        this.engine = engine;
        this.delayNs = delayNs;
    }

    @Override
    Outcome tell(BaseRef<M> ref, M due) {
        return Fork.sendOne(engine, ref, due, this::handled);
    }

    @Override
    void scheduleNext(Outcome sent) {
        if (!sent.accepted()) {
            engine.timerService().schedule(this, delayNs);
        }
    }

    /** On the completer's thread, which sends too: never while {@link #send} is at it. */
    private synchronized void handled() {
        if (pending()) {
            engine.timerService().schedule(this, delayNs);
        }
    }

    @Override
    public String toString() {
        return "timer to " + target().endpointName() + ", " + delayNs + " ns after each";
    }
}
