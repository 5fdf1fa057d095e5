package org.talaria.tests.support;

/** Sizes of stress tests: {@code -Dtalaria.tests.scale=10} makes each ten times as long. 1 keeps the module under four minutes on two cores. */
public final class Scale {
    private static final double FACTOR = Double.parseDouble(System.getProperty("talaria.tests.scale", "1"));

    private Scale() {}

    /** A count, scaled; at least 1. */
    public static int of(int count) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, count * FACTOR));
    }
}
