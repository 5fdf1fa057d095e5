package org.talaria.internal.engine;

import java.util.concurrent.locks.LockSupport;
import org.talaria.CallInterruptedException;

/** Waits by timed polls (R18): spins, yields, then parks longer and longer, until the deadline of the engine's clock. One thread; used again. */
final class Backoff {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long FIRST_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 1_000_000;

    private final Engine engine;
    private long startNs;
    private long deadlineNs;
    private int pauses;
    private long parkNs;

    Backoff(Engine engine) {
        this.engine = engine;
    }

    /** A wait begins. */
    void start(long forNs) {
        deadlineNs = forNs;
        startNs = engine.clock().nanoTime();
        pauses = 0;
        parkNs = FIRST_PARK_NS;
    }

    /** Waits a little; false when the deadline has come. */
    boolean pause() {
        if (engine.clock().nanoTime() - startNs >= deadlineNs) {
            return false;
        }
        pauses++;
        if (pauses <= SPINS) {
            Thread.onSpinWait();
        } else if (pauses <= SPINS + YIELDS) {
            Thread.yield();
        } else {
            park();
        }
        return true;
    }

    private void park() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallInterruptedException("interrupted while waiting for room");
        }
        LockSupport.parkNanos(this, parkNs);
        if (parkNs < MAX_PARK_NS && 2 * parkNs >= MAX_PARK_NS) {
            // It lasts: perhaps a thread whose stack ended left a claim open, and has ended itself
            engine.senders().reclaim();
        }
        parkNs = Math.min(parkNs * 2, MAX_PARK_NS);
    }
}
