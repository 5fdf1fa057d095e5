package org.talaria.bench.pipe;

import java.util.concurrent.CyclicBarrier;
import org.talaria.bench.harness.Medians;

/**
 * Work of a known length that no compiler can leave out or shorten: steps of a shift register, each of which needs the one before. Each message carries what the work
 * has made of it, and {@link #jump} tells in a moment what that must be after any number of steps: work that was left out shows as a wrong digest. Any thread.
 */
public final class Work {
    private static final int BITS = Long.SIZE;
    private static final int CALIBRATION_STEPS = 200_000;
    private static final int CALIBRATIONS = 25;
    private static final int PIECES = 41;
    private static final long PIECE_NS = 100_000;

    private final int steps;

    /** Of so many steps a message. */
    public Work(int steps) {
        this.steps = steps;
    }

    /** As much as takes so long on this machine, one thread alone: by the fastest of some tries, so that no other load makes it less work. */
    public static Work lasting(double ns) {
        double stepNs = Double.MAX_VALUE;
        long digest = first(0);
        for (int i = 0; i < CALIBRATIONS; i++) {
            long start = System.nanoTime();
            digest = of(digest, CALIBRATION_STEPS);
            stepNs = Math.min(stepNs, (System.nanoTime() - start) / (double) CALIBRATION_STEPS);
        }
        if (digest != jump(first(0), (long) CALIBRATIONS * CALIBRATION_STEPS)) {
            throw new IllegalStateException("the work was not done");
        }
        return new Work((int) Math.max(1, Math.round(ns / stepNs)));
    }

    /** Steps a message. */
    public int steps() {
        return steps;
    }

    /** The digest that a token starts with: never 0, which the steps would leave 0. */
    public static long first(int token) {
        return 0x9E3779B97F4A7C15L * (token + 1L) | 1;
    }

    /** The work of one message. */
    public long on(long digest) {
        return of(digest, steps);
    }

    /** So many steps. */
    static long of(long digest, int steps) {
        long x = digest;
        for (int i = 0; i < steps; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /** The same by squaring: the step is linear over bits, so that a matrix stands for any number of them. */
    static long jump(long digest, long steps) {
        long[] matrix = new long[BITS];
        for (int i = 0; i < BITS; i++) {
            matrix[i] = of(1L << i, 1);
        }
        long x = digest;
        for (long left = steps; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                x = times(matrix, x);
            }
            matrix = squared(matrix);
        }
        return x;
    }

    private static long times(long[] matrix, long x) {
        long product = 0;
        for (int i = 0; i < BITS; i++) {
            product ^= matrix[i] & -(x >>> i & 1);
        }
        return product;
    }

    private static long[] squared(long[] matrix) {
        long[] square = new long[BITS];
        for (int i = 0; i < BITS; i++) {
            square[i] = times(matrix, matrix[i]);
        }
        return square;
    }

    /** The digest of a token after the work of so many messages. */
    long after(int token, long messages) {
        return jump(first(token), messages * steps);
    }

    /** What one message's work takes on each of so many threads that do nothing else at the same time, in nanoseconds: cores that share a clock or units slow each other. */
    double bareNs(int threads) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        double[] medians = new double[threads];
        Thread[] workers = new Thread[threads];
        Exception[] failure = new Exception[1];
        for (int i = 0; i < threads; i++) {
            int thread = i;
            workers[i] = new Thread(
                    () -> {
                        try {
                            together.await();
                            medians[thread] = pieces(thread);
                        } catch (Exception e) {
                            failure[0] = e;
                        }
                    },
                    "bare-work-" + i);
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        double sum = 0;
        for (double median : medians) {
            sum += median;
        }
        return sum / threads;
    }

    /** In short pieces, of which the median counts: one that lost its core does not tell. */
    private double pieces(int token) {
        int messages = (int) Math.max(1, PIECE_NS / Math.max(1, 2 * steps));
        double[] times = new double[PIECES];
        long digest = first(token);
        for (int i = 0; i < PIECES; i++) {
            long start = System.nanoTime();
            for (int n = 0; n < messages; n++) {
                digest = on(digest);
            }
            times[i] = (System.nanoTime() - start) / (double) messages;
        }
        if (digest != after(token, (long) PIECES * messages)) {
            throw new IllegalStateException("the work was not done");
        }
        return Medians.median(times);
    }
}
