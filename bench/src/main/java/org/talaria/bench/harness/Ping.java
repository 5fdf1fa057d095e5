package org.talaria.bench.harness;

import java.util.concurrent.atomic.AtomicLongArray;

/** The cache-line ping-pong between two threads: tells how far apart they sit at this moment. */
public final class Ping {
    private static final int BATCHES = 15;
    private static final int TRIPS = 500;
    /** Longs between the two words: 256 bytes, so that no prefetcher ties their lines together. */
    private static final int STRIDE = 32;

    private static final int THERE = STRIDE;
    private static final int BACK = 2 * STRIDE;

    private Ping() {}

    /** Nanoseconds a round trip: the median of some batches, so that one preemption does not tell. */
    public static double roundTripNs() throws InterruptedException {
        AtomicLongArray words = new AtomicLongArray(3 * STRIDE);
        Thread echo = new Thread(() -> echo(words), "ping");
        echo.setDaemon(true);
        echo.start();
        double[] batches = new double[BATCHES];
        long trip = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < TRIPS; i++) {
                words.setRelease(THERE, ++trip);
                await(words, BACK, trip);
            }
            batches[batch] = (System.nanoTime() - start) / (double) TRIPS;
        }
        echo.join();
        return Medians.median(batches);
    }

    private static void echo(AtomicLongArray words) {
        for (long trip = 1; trip <= (long) BATCHES * TRIPS; trip++) {
            await(words, THERE, trip);
            words.setRelease(BACK, trip);
        }
    }

    private static void await(AtomicLongArray words, int index, long value) {
        while (words.getAcquire(index) != value) {
            Thread.onSpinWait();
        }
    }
}
