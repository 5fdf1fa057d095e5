package org.talaria.journal.write;

import java.util.concurrent.locks.LockSupport;

/**
 * How the journaler waits when it finds nothing: spins, yields, then parks, longer and longer: an idle engine costs next to nothing, and under load
 * a write-ahead message waits for no timer. One thread.
 */
final class Backoff {
    private static final int SPINS = 200;
    private static final int YIELDS = 20;
    private static final long FIRST_PARK_NS = 20_000;

    private final long longestParkNs;
    private int idle;
    private long parkNs = FIRST_PARK_NS;

    /** @param longestParkNs how long a message may wait for the journaler after a long silence */
    Backoff(long longestParkNs) {
        this.longestParkNs = longestParkNs;
    }

    void reset() {
        idle = 0;
        parkNs = FIRST_PARK_NS;
    }

    void idle() {
        idle++;
        if (idle <= SPINS) {
            Thread.onSpinWait();
        } else if (idle <= SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, parkNs);
            // A sixteenth a park: a pause of a few milliseconds between messages does not reach the longest park.
            parkNs = Math.min(longestParkNs, parkNs + Math.max(1_000, parkNs >> 4));
        }
    }
}
