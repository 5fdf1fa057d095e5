package org.talaria.tests.support;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of random tests: printed, and set by {@code -Dtalaria.seed=N}. */
public final class Seeds {
    private Seeds() {}

    /** The seed of a test; printed so that a failure can be had again. */
    public static long of(String test) {
        Long given = Long.getLong("talaria.seed");
        long seed = given != null ? given : ThreadLocalRandom.current().nextLong(1L << 48);
        System.out.println("seed of " + test + ": -Dtalaria.seed=" + seed);
        return seed;
    }
}
