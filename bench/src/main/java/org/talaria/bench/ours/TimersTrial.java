package org.talaria.bench.ours;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timers;
import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoView;

/** Millions of timers a second that one thread schedules and cancels; and how late the messages of timers are, on an engine with nothing else to do. */
public final class TimersTrial implements Trial {
    /** Key of the other figure: the 99th percentile of how late, in milliseconds. */
    public static final String ERROR = "error";

    private static final int SENT = 200;
    private static final long LEAST_NS = 1_000_000;
    private static final long SPREAD_NS = 7_919;
    private static final long DEADLINE_NS = 10_000_000_000L;

    @Override
    public Timing run(long operations) {
        AtomicLong came = new AtomicLong();
        try (Talaria talaria = Talaria.open(Ours.config().workers(1))) {
            ActorRef<Two> actor = talaria.actor("timed", TwoView.TYPE, message -> came.setRelease(System.nanoTime()));
            Timers timers = talaria.timers();
            Two message = new Two(1, 2);
            pairs(timers, actor, message, operations / 8);
            long start = System.nanoTime();
            pairs(timers, actor, message, operations);
            long elapsed = System.nanoTime() - start;
            double errorNs = error(timers, actor, message, came);
            return new Timing(operations * 1e3 / elapsed, elapsed, Map.of(ERROR, errorNs / 1e6));
        }
    }

    private static void pairs(Timers timers, ActorRef<Two> actor, Two message, long count) {
        for (long i = 0; i < count; i++) {
            if (!timers.once(actor, message, Duration.ofMillis(1_000 + (i & 1_023)))
                    .cancel()) {
                throw new IllegalStateException("a timer was sent before its time");
            }
        }
    }

    private static double error(Timers timers, ActorRef<Two> actor, Two message, AtomicLong came) {
        long[] late = new long[SENT];
        for (int i = 0; i < SENT; i++) {
            came.setRelease(0);
            long delay = LEAST_NS + i * SPREAD_NS;
            long due = System.nanoTime() + delay;
            timers.once(actor, message, Duration.ofNanos(delay));
            long stamp;
            while ((stamp = came.getAcquire()) == 0) {
                Thread.onSpinWait();
                if (System.nanoTime() - due > DEADLINE_NS) {
                    throw new IllegalStateException("timer " + i + " was not sent");
                }
            }
            late[i] = stamp - due;
        }
        return Medians.percentile(late, SENT, 0.99);
    }
}
