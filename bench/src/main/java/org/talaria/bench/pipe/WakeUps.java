package org.talaria.bench.pipe;

/** What both sides of the wake-up row have in common. */
public final class WakeUps {
    /** How long the other thread has slept when it is woken: the same on both sides, for what a core does meanwhile tells. */
    public static final long GAP_NS = 100_000;

    private WakeUps() {}
}
