package org.talaria;

import java.time.Duration;
import org.talaria.internal.settings.Setting;

/**
 * What a thread does that found nothing to do, and how long before it sleeps: the quicker it is to notice work, the more of a core it takes meanwhile. The names are Agrona's. Immutable.
 *
 * <p>A worker that sleeps is woken by whoever sends; the longest park only bounds what a lost machine clock or a stuck system could cost.
 */
public final class IdleStrategy {
    /** How often to look without giving the core away, where it is never given away. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private static final Duration LONGEST_PARK = Setting.LONGEST_PARK.presetTime();

    private final String name;
    private final int spins;
    private final int yields;
    private final Duration longestPark;
    private final boolean adaptive;

    private IdleStrategy(String name, int spins, int yields, Duration longestPark, boolean adaptive) {
        this.name = name;
        this.spins = Setting.MAX_SPINS.in(spins);
        this.yields = Setting.MAX_YIELDS.in(yields);
        this.longestPark = Setting.LONGEST_PARK.in(longestPark);
        this.adaptive = adaptive;
    }

    /** Looks again and again: the least latency, a core of its own. */
    public static IdleStrategy busySpin() {
        return new IdleStrategy("busySpin", ALWAYS, 0, LONGEST_PARK, false);
    }

    /** Looks again and again, and offers the core to other threads in between. */
    public static IdleStrategy yielding() {
        return new IdleStrategy("yielding", 0, ALWAYS, LONGEST_PARK, false);
    }

    /** The default: 200 looks, 50 yields, then sleeps. */
    public static IdleStrategy backoff() {
        return backoff(Setting.MAX_SPINS.presetInt(), Setting.MAX_YIELDS.presetInt(), LONGEST_PARK);
    }

    /**
     * Looks, yields, then sleeps until it is woken.
     *
     * @param maxSpins looks, 0 or more; by default 200
     * @param maxYields yields, 0 or more; by default 50
     * @param longestPark of a sleep, 1 ns … 36,500 days; by default 100 ms
     * @throws IllegalArgumentException if one is out of range
     */
    public static IdleStrategy backoff(int maxSpins, int maxYields, Duration longestPark) {
        return new IdleStrategy("backoff", maxSpins, maxYields, longestPark, false);
    }

    /** Sleeps at once: the least use of the core, each message that finds it asleep costs a wake-up. */
    public static IdleStrategy park() {
        return new IdleStrategy("park", 0, 0, LONGEST_PARK, false);
    }

    /**
     * Measures what a wake-up costs here and how long it waits for work: looks for about twice the one where the other is shorter, else sleeps soon.
     */
    public static IdleStrategy adaptive() {
        return new IdleStrategy(
                "adaptive", Setting.MAX_SPINS.presetInt(), Setting.MAX_YIELDS.presetInt(), LONGEST_PARK, true);
    }

    /** Looks before it yields. */
    public int maxSpins() {
        return spins;
    }

    /** Yields before it sleeps. */
    public int maxYields() {
        return yields;
    }

    /** Longest sleep. */
    public Duration longestPark() {
        return longestPark;
    }

    /** Whether it measures how long to look. */
    public boolean isAdaptive() {
        return adaptive;
    }

    @Override
    public String toString() {
        return name + "(" + spins + " spins, " + yields + " yields)";
    }
}
