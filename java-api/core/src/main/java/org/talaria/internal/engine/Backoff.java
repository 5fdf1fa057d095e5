package org.talaria.internal.engine;

import java.util.concurrent.locks.LockSupport;
import org.talaria.CallInterruptedException;

/** Waits by timed polls (R18): spins, yields, then parks longer and longer, until the deadline of the engine's clock. */
final class Backoff {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long MAX_PARK_NS = 1_000_000;

    private final Engine engine;
    private final long startNs;
    private final long deadlineNs;
    private int pauses;
    private long parkNs = 1_000;

    Backoff(Engine engine, long deadlineNs) {
        this.engine = engine;
        this.deadlineNs = deadlineNs;
        startNs = engine.clock().nanoTime();
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
        parkNs = Math.min(parkNs * 2, MAX_PARK_NS);
    }
}
