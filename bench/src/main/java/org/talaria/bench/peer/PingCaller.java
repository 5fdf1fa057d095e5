package org.talaria.bench.peer;

import java.util.concurrent.atomic.AtomicLongArray;
import org.talaria.bench.pipe.Latencies;

/** The bare hand-over of a cache line, there and back: the floor of every call. */
public final class PingCaller implements Latencies.Caller {
    private static final int THERE = 32;
    private static final int BACK = 64;

    private final AtomicLongArray words = new AtomicLongArray(96);
    private final Consumer echo;
    private long last;

    /** Starts the echo. */
    public PingCaller() {
        echo = new Consumer(this::echo, 1);
    }

    private int echo() {
        long trip = words.getAcquire(THERE);
        if (trip == last) {
            return 0;
        }
        last = trip;
        words.setRelease(BACK, trip);
        return 1;
    }

    @Override
    public void call(long n) {
        words.setRelease(THERE, n + 1);
        while (words.getAcquire(BACK) != n + 1) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        echo.close();
    }
}
