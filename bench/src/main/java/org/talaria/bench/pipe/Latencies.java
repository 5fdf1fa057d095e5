package org.talaria.bench.pipe;

import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** The median time of a request and its reply, each timed by itself. */
public final class Latencies implements Trial {
    private final Maker maker;

    /** A way to ask. */
    public interface Caller extends AutoCloseable {
        /** Sends request {@code n} with the words {@code n} and {@code n + 1}, waits for the reply, and verifies that it holds {@code n + 1} and {@code n}. */
        void call(long n) throws Exception;

        @Override
        void close();
    }

    /** Opens callers. */
    @FunctionalInterface
    public interface Maker {
        /** Opens one; its responder runs on another thread. */
        Caller open() throws Exception;
    }

    /** Measures the callers of a maker, a fresh one each run. */
    public Latencies(Maker maker) {
        this.maker = maker;
    }

    /** Nanoseconds. */
    @Override
    public Timing run(long operations) throws Exception {
        int count = (int) Math.min(operations, 4_000_000);
        int prelude = Math.min(2_000, count);
        long[] times = new long[count];
        try (Caller caller = maker.open()) {
            for (int i = 0; i < prelude; i++) {
                caller.call(i);
            }
            long start = System.nanoTime();
            time(caller, times, prelude);
            long elapsed = System.nanoTime() - start;
            return Timing.of(Medians.percentile(times, count, 0.5), elapsed);
        }
    }

    private static void time(Caller caller, long[] times, long first) throws Exception {
        long before = System.nanoTime();
        for (int i = 0; i < times.length; i++) {
            caller.call(first + i);
            long after = System.nanoTime();
            times[i] = after - before;
            before = after;
        }
    }

    /** Checks a reply. @throws IllegalStateException if it is the wrong one */
    public static void verify(long n, long a, long b) {
        if (a != n + 1 || b != n) {
            throw new IllegalStateException("the reply to request " + n + " holds " + a + " and " + b);
        }
    }
}
