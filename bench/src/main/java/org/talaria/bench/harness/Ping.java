package org.talaria.bench.harness;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** The cache-line ping-pong between two threads: tells how far apart they sit at this moment. */
public final class Ping {
    private static final int BATCHES = 15;
    private static final int TRIPS = 500;
    /** A ping ends then, whatever it has: where other processes hold the cores, a trip takes milliseconds. */
    private static final long MOST_NS = 200_000_000;

    private static final int FEWEST_BATCHES = 3;
    /** Looks before the core is given to whom it may belong: far more than a trip takes when both threads run. */
    private static final int SPINS = 20_000;
    /** Longs between the two words: 256 bytes, so that no prefetcher ties their lines together. */
    private static final int STRIDE = 32;

    private static final int THERE = STRIDE;
    private static final int BACK = 2 * STRIDE;
    private static final long END = -1;

    private Ping() {}

    /** Nanoseconds a round trip: the median of some batches, so that one preemption does not tell. */
    public static double roundTripNs() throws InterruptedException {
        AtomicLongArray words = new AtomicLongArray(3 * STRIDE);
        Thread echo = new Thread(() -> echo(words), "ping");
        echo.setDaemon(true);
        echo.start();
        double[] batches = new double[BATCHES];
        long begin = System.nanoTime();
        int done = 0;
        long trip = 0;
        while (done < BATCHES && (done < FEWEST_BATCHES || System.nanoTime() - begin < MOST_NS)) {
            long start = System.nanoTime();
            for (int i = 0; i < TRIPS; i++) {
                words.setRelease(THERE, ++trip);
                await(words, BACK, trip);
            }
            batches[done++] = (System.nanoTime() - start) / (double) TRIPS;
        }
        words.setRelease(THERE, END);
        echo.join();
        return Medians.median(Arrays.copyOf(batches, done));
    }

    private static void echo(AtomicLongArray words) {
        long trip = 0;
        while (true) {
            long there = awaitOther(words, THERE, trip);
            if (there == END) {
                return;
            }
            trip = there;
            words.setRelease(BACK, trip);
        }
    }

    private static void await(AtomicLongArray words, int index, long value) {
        int spins = 0;
        while (words.getAcquire(index) != value) {
            spins = pause(spins);
        }
    }

    private static long awaitOther(AtomicLongArray words, int index, long value) {
        int spins = 0;
        long seen;
        while ((seen = words.getAcquire(index)) == value) {
            spins = pause(spins);
        }
        return seen;
    }

    private static int pause(int spins) {
        if (spins == SPINS) {
            Thread.yield();
            return 0;
        }
        Thread.onSpinWait();
        return spins + 1;
    }
}
