package org.talaria.bench.harness;

import java.util.Arrays;

/** Order statistics. */
public final class Medians {
    private Medians() {}

    /** The median; of an even number of values the mean of the middle two. @throws IllegalArgumentException if there is none */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values: a median needs at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The value below which a share of the first {@code count} values lies; sorts them. @throws IllegalArgumentException if there is none */
    public static long percentile(long[] values, int count, double share) {
        if (count == 0) {
            throw new IllegalArgumentException("no values: a percentile needs at least one");
        }
        Arrays.sort(values, 0, count);
        return values[(int) Math.min(count - 1L, (long) (count * share))];
    }
}
