package org.talaria.bench.ours;

import java.util.concurrent.atomic.AtomicLongArray;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoClaim;
import org.talaria.bench.message.TwoView;
import org.talaria.bench.pipe.WakeUps;

/**
 * The median time from a tell to its handler where the only worker is parked. It is seen in the parked set before each tell, has been there for a time, and is woken
 * out of it: a tell of which one of these is not true is thrown away.
 */
public final class WakeUpTrial implements Trial {
    /** Sent first, one behind the other, so that the code that is timed is compiled as in a program that runs for a while. */
    private static final int PRELUDE = 20_000;

    private static final long DEADLINE_NS = 10_000_000_000L;
    /** Longs before and behind the words, so that sender and handler share a line for the stamp alone. */
    private static final int STRIDE = 32;

    @Override
    public Timing run(long operations) {
        try (Session session = new Session((int) operations)) {
            return session.run();
        }
    }

    private static final class Session implements AutoCloseable {
        private final AtomicLongArray words = new AtomicLongArray(3 * STRIDE);
        private final Talaria talaria = Talaria.open(Ours.config().workers(1));
        private final RegionProbe probe = RegionProbe.open();
        private final ActorRef<Two> sleeper = talaria.actor("sleeper", TwoView.TYPE, this::handled);
        private final long[] times;
        private long sent;

        Session(int operations) {
            times = new long[operations];
        }

        private void handled(TwoView message) {
            long now = System.nanoTime();
            // A message that is not the one awaited is never answered: the sender gives up
            if (message.a() == words.getAcquire(STRIDE) && message.b() == message.a() + 1) {
                words.setRelease(2 * STRIDE, now);
            }
        }

        Timing run() {
            for (int i = 0; i < PRELUDE; i++) {
                tell();
            }
            long start = System.nanoTime();
            int kept = 0;
            for (int discarded = 0; kept < times.length; ) {
                long parks = awaitParked();
                pauseNs(WakeUps.GAP_NS);
                boolean asleep = probe.isParked(0) && probe.read(0, RegionProbe.Word.PARKS) == parks;
                long wakeUps = probe.read(0, RegionProbe.Word.WAKE_UPS);
                long ns = tell();
                if (asleep && probe.read(0, RegionProbe.Word.WAKE_UPS) == wakeUps + 1) {
                    times[kept++] = ns;
                } else if (++discarded > times.length) {
                    throw new IllegalStateException("of " + (kept + discarded) + " tells only " + kept
                            + " found the worker parked: this measures no wake-up");
                }
            }
            return Timing.of(Medians.percentile(times, kept, 0.5), System.nanoTime() - start);
        }

        /** Returns the count of parks, for which the worker is in the parked set. */
        private long awaitParked() {
            long deadline = System.nanoTime() + DEADLINE_NS;
            while (!probe.isParked(0)) {
                Thread.onSpinWait();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the worker did not park in time");
                }
            }
            // It joins the set, looks once more, and counts the park when it goes: within the gap
            pauseNs(WakeUps.GAP_NS / 10);
            return probe.read(0, RegionProbe.Word.PARKS);
        }

        private static void pauseNs(long ns) {
            long until = System.nanoTime() + ns;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        /** Nanoseconds from before the tell to the first step of its handler. */
        private long tell() {
            long n = ++sent;
            words.setRelease(2 * STRIDE, 0);
            words.setRelease(STRIDE, n);
            long before = System.nanoTime();
            TwoClaim.tell(sleeper, n, n + 1).orThrow();
            long stamp;
            while ((stamp = words.getAcquire(2 * STRIDE)) == 0) {
                Thread.onSpinWait();
                if (System.nanoTime() - before > DEADLINE_NS) {
                    throw new IllegalStateException("message " + n + " was lost, or damaged");
                }
            }
            return stamp - before;
        }

        @Override
        public void close() {
            talaria.close();
        }
    }
}
