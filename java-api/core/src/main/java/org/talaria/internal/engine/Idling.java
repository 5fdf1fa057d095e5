package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;

/** What the Java engine's worker, or who waits for a message, does that found nothing: as {@code native/src/dispatch/idle.hpp}. One thread. */
final class Idling {
    private static final int WEIGHT = 8;
    private static final int FREE_LOOKS = 16;
    private static final long FIRST_WAKE_COST_NS = 50_000;

    private final int spins;
    private final int yields;
    private final @Nullable Costs costs;
    private int empties;
    private long idleSinceNs;
    private boolean idle;

    /** What was measured. Several threads may share it: its fields are racy on purpose, each new measurement counts little. */
    static final class Costs {
        private long wakeCostNs = FIRST_WAKE_COST_NS;
        private long waitNs;
    }

    /** @param costs where it adapts; null: it does not */
    Idling(int spins, int yields, @Nullable Costs costs) {
        this.spins = spins;
        this.yields = yields;
        this.costs = costs;
    }

    /** There was something. */
    void reset() {
        if (idle && costs != null) {
            idle = false;
            costs.waitNs = averaged(costs.waitNs, System.nanoTime() - idleSinceNs);
        }
        empties = 0;
    }

    /** There was nothing: waits a little, or says that it is time to park. */
    boolean parks() {
        if (empties < Integer.MAX_VALUE) {
            empties++;
        }
        if (costs != null) {
            return sleeps(costs);
        }
        if (empties <= spins) {
            Thread.onSpinWait();
            return false;
        }
        // Subtracted, lest the sum is no int
        if (empties - spins <= yields) {
            Thread.yield();
            return false;
        }
        return true;
    }

    private boolean sleeps(Costs of) {
        if (empties > FREE_LOOKS) {
            long now = System.nanoTime();
            if (!idle) {
                idle = true;
                idleSinceNs = now;
            }
            long worth = 2 * of.wakeCostNs;
            if (of.waitNs > worth || now - idleSinceNs > worth) {
                return true;
            }
        }
        Thread.onSpinWait();
        return false;
    }

    /** It slept and was woken, by who looked at the clock then. */
    void woken(long atNs) {
        if (costs != null) {
            costs.wakeCostNs = averaged(costs.wakeCostNs, Math.max(0, System.nanoTime() - atNs));
        }
    }

    private static long averaged(long average, long measured) {
        return average + (measured - average) / WEIGHT;
    }
}
