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
        long delayNs = nanos("delay", delay, Duration.ZERO);
        BaseRef<M> ref = checked(to, message);
        return start(new MessageTimer<>(engine.timerService(), ref, message, MessageTimer.ONCE), delayNs);
    }

    @Override
    public final <M> Timer fixedRate(Ref<M> to, M message, Duration first, Duration period) {
        long firstNs = nanos("first", first, Duration.ZERO);
        long periodNs = nanos("period", period, SHORTEST_PERIOD);
        BaseRef<M> ref = checked(to, message);
        return start(new MessageTimer<>(engine.timerService(), ref, message, periodNs), firstNs);
    }

    @Override
    public final <M> Timer fixedDelay(Ref<M> to, M message, Duration first, Duration delay) {
        long firstNs = nanos("first", first, Duration.ZERO);
        long delayNs = nanos("delay", delay, SHORTEST_PERIOD);
        BaseRef<M> ref = checked(to, message);
        return start(new DelayTimer<>(engine, ref, message, delayNs), firstNs);
    }

    private Timer start(MessageTimer<?> timer, long delayNs) {
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
    private <M> BaseRef<M> checked(Ref<M> ref, M message) {
        BaseRef<M> to = (BaseRef<M>) ref;
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
        return to;
    }
}
