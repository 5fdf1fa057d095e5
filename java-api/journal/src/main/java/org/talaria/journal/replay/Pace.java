package org.talaria.journal.replay;

import java.util.concurrent.locks.LockSupport;

/** Lets recorded time pass as it did, or faster by a factor. One thread. */
final class Pace {
    private final double factor;
    private long firstNs;
    private long startNs;
    private boolean begun;

    Pace(double factor) {
        this.factor = factor;
    }

    /** Returns when it is time for what happened then. An interrupt ends the waiting, not the replay. */
    void await(long recordedNs) {
        if (factor == 0) {
            return;
        }
        if (!begun) {
            begun = true;
            firstNs = recordedNs;
            startNs = System.nanoTime();
        }
        long due = startNs + (long) ((recordedNs - firstNs) / factor);
        long left = due - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = due - System.nanoTime();
        }
    }
}
