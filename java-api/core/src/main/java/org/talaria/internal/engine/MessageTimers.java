package org.talaria.internal.engine;

import java.time.Duration;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.RefusedException;
import org.talaria.Timer;
import org.talaria.Timers;
import org.talaria.message.Codec;

/** Makes timers that send messages. */
class MessageTimers implements Timers {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST_PERIOD = Duration.ofNanos(1_000);

    private final Engine engine;

    MessageTimers(Engine engine) {
        this.engine = engine;
    }

    /** A timer was made, and is not scheduled yet. */
    void made(MessageTimer<?> timer) {
        // nobody's
    }

    @Override
    public final <M> Timer once(Ref<M> to, M message, Duration delay) {
        return make(to, message, nanos("delay", delay, Duration.ZERO), MessageTimer.ONCE);
    }

    @Override
    public final <M> Timer fixedRate(Ref<M> to, M message, Duration first, Duration period) {
        return make(to, message, nanos("first", first, Duration.ZERO), nanos("period", period, SHORTEST_PERIOD));
    }

    private <M> Timer make(Ref<M> to, M message, long delayNs, long periodNs) {
        BaseRef<M> ref = (BaseRef<M>) to;
        check(ref, message);
        MessageTimer<M> timer = new MessageTimer<>(engine.timerService(), ref, message, periodNs);
        made(timer);
        engine.timerService().schedule(timer, delayNs);
        return timer;
    }

    private static long nanos(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " " + value + " is out of range: give " + least + " to " + LONGEST.toDays() + " days");
        }
        return value.toNanos();
    }

    /** What no time can mend is told now, to who can. */
    private <M> void check(BaseRef<M> to, M message) {
        if (message == null) {
            throw new NullPointerException("the message to " + to.name() + " is null");
        }
        if (to.cell().engine() != engine) {
            throw new IllegalArgumentException(
                    to.name() + " belongs to another engine: that one's timers send messages to it");
        }
        Codec<M> codec = to.cell().codecOf(message);
        if (codec == null) {
            References.check(engine, message);
        } else if (codec.encodedLength(message) > engine.layout().maxMessageBytes()) {
            throw new RefusedException(
                    Outcome.TOO_LARGE, "a timer to " + to.name() + " is not made: " + Outcome.TOO_LARGE.explanation());
        }
    }
}
