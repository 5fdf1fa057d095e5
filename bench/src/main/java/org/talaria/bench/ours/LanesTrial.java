package org.talaria.bench.ours;

import java.util.concurrent.atomic.AtomicLongArray;
import org.talaria.ActorRef;
import org.talaria.Priority;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoClaim;
import org.talaria.bench.message.TwoView;

/** Millions of messages a second from one thread to one actor, of all priorities in turn: with a lane for each, or with one lane for all. The order within each is verified. */
public final class LanesTrial implements Trial {
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final int PRIORITIES = Priority.values().length;
    /** Longs before and behind the stamp, which has its line alone. */
    private static final int STAMP = 32;

    private final int lanes;

    /** Of so many lanes. */
    public LanesTrial(int lanes) {
        this.lanes = lanes;
    }

    @Override
    public Timing run(long operations) {
        try (Session session = new Session(lanes)) {
            long prelude = Math.max(PRIORITIES, operations / 8);
            session.race(0, prelude);
            long start = System.nanoTime();
            return Timing.millionsPerSecond(operations, session.race(prelude, operations) - start);
        }
    }

    private static final class Session implements AutoCloseable {
        private final AtomicLongArray done = new AtomicLongArray(2 * STAMP);
        private final long[] next = new long[PRIORITIES];
        private final Talaria talaria;
        private final Ref<?>[] refs = new Ref<?>[PRIORITIES];
        private long left;
        private boolean wrong;

        Session(int lanes) {
            talaria = Talaria.open(Ours.config().workers(1).shards(1).lanes(lanes));
            ActorRef<Two> actor = talaria.actor("two", TwoView.TYPE, this::handled);
            for (Priority priority : Priority.values()) {
                refs[priority.ordinal()] = actor.at(priority);
            }
        }

        private void handled(TwoView message) {
            long n = message.a();
            int priority = (int) n & PRIORITIES - 1;
            wrong |= n != next[priority] || message.b() != n + 1;
            next[priority] = n + PRIORITIES;
            if (--left == 0) {
                done.setRelease(STAMP, System.nanoTime());
            }
        }

        /** Returns when the last had been handled. */
        @SuppressWarnings("unchecked")
        long race(long first, long count) {
            for (int priority = 0; priority < PRIORITIES; priority++) {
                next[priority] = first + Math.floorMod(priority - first, (long) PRIORITIES);
            }
            done.setPlain(STAMP, 0);
            left = count;
            for (long n = first; n < first + count; n++) {
                TwoClaim.tell((Ref<Two>) refs[(int) n & PRIORITIES - 1], n, n + 1)
                        .orThrow();
            }
            return await();
        }

        private long await() {
            long deadline = System.nanoTime() + DEADLINE_NS;
            long stamp;
            while ((stamp = done.getAcquire(STAMP)) == 0) {
                Thread.onSpinWait();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("some " + left + " messages did not arrive in time");
                }
            }
            if (wrong) {
                throw new IllegalStateException("messages of one priority came out of order, or damaged");
            }
            return stamp;
        }

        @Override
        public void close() {
            talaria.close();
        }
    }
}
