package org.talaria.bench.ours;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.talaria.ActorRef;
import org.talaria.Priority;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoClaim;
import org.talaria.bench.message.TwoView;

/**
 * The 99th percentile of the time from a CRITICAL tell to its handler: while another thread keeps the LOW lane of the same actor full; or without that thread, plus
 * the measured time of one batch of LOW messages, which may be at work when a CRITICAL one comes.
 */
public final class CriticalTrial implements Trial {
    /** Key of the other figure: the time of one batch. */
    public static final String BATCH = "batch";

    private static final long DEADLINE_NS = 10_000_000_000L;
    private static final long GAP_NS = 20_000;
    private static final int PRELUDE = 2_000;
    /** Most messages of a shard with lanes that are handled before its lanes are looked at again. */
    private static final int LANE_BATCH = 128;

    private static final int STAMP = 32;

    private final boolean loaded;

    /** With the load, or without. */
    public CriticalTrial(boolean loaded) {
        this.loaded = loaded;
    }

    @Override
    public Timing run(long operations) throws InterruptedException {
        try (Session session = new Session()) {
            double batchNs = session.batchNs();
            Thread load = loaded ? session.load() : null;
            for (int i = 0; i < PRELUDE; i++) {
                session.probe();
            }
            long[] times = new long[(int) operations];
            long start = System.nanoTime();
            for (int i = 0; i < times.length; i++) {
                times[i] = session.probe();
            }
            long elapsed = System.nanoTime() - start;
            session.ended = true;
            if (load != null) {
                load.join();
            }
            double p99 = Medians.percentile(times, times.length, 0.99);
            return new Timing(loaded ? p99 : p99 + batchNs, elapsed, Map.of(BATCH, batchNs));
        }
    }

    private static final class Session implements AutoCloseable {
        private static final int BATCHES = 2_000;

        private final AtomicLongArray stamps = new AtomicLongArray(2 * STAMP);
        private final Talaria talaria =
                Talaria.open(Ours.config().workers(1).shards(1).lanes(4));
        private final ActorRef<Two> actor = talaria.actor("two", TwoView.TYPE, this::handled);
        private final Ref<Two> low = actor.at(Priority.LOW);
        private final Ref<Two> critical = actor.at(Priority.CRITICAL);
        private volatile boolean ended;
        private long probes;

        private void handled(TwoView message) {
            if (message.b() != 0) {
                stamps.setRelease(STAMP, System.nanoTime());
            }
        }

        /** What a batch of LOW messages takes where the worker has nothing else to do. */
        double batchNs() {
            long messages = (long) BATCHES * LANE_BATCH;
            send(messages);
            long start = System.nanoTime();
            send(messages);
            return (System.nanoTime() - start) / (double) BATCHES;
        }

        private void send(long messages) {
            for (long n = 0; n < messages; n++) {
                TwoClaim.tell(low, n, 0).orThrow();
            }
            probe();
        }

        Thread load() {
            Thread thread = new Thread(
                    () -> {
                        for (long n = 0; !ended; n++) {
                            TwoClaim.tell(low, n, 0).orThrow();
                        }
                    },
                    "load");
            thread.start();
            return thread;
        }

        /** Nanoseconds from before the tell to its handler. */
        long probe() {
            long until = System.nanoTime() + GAP_NS;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            stamps.setRelease(STAMP, 0);
            long before = System.nanoTime();
            TwoClaim.tell(critical, ++probes, 1).orThrow();
            long stamp;
            while ((stamp = stamps.getAcquire(STAMP)) == 0) {
                Thread.onSpinWait();
                if (System.nanoTime() - before > DEADLINE_NS) {
                    throw new IllegalStateException("critical message " + probes + " did not arrive in time");
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
