package org.talaria.bench.harness;

import java.util.Map;

/**
 * What one run of a trial gave.
 *
 * @param value the figure, in the unit of its benchmark
 * @param elapsedNs how long the measured part took; sizes the next run
 * @param also other figures of the same run, by key
 */
public record Timing(double value, long elapsedNs, Map<String, Double> also) {
    /** Millions of operations a second. */
    public static Timing millionsPerSecond(long operations, long elapsedNs) {
        return of(operations * 1e3 / elapsedNs, elapsedNs);
    }

    /** A figure. */
    public static Timing of(double value, long elapsedNs) {
        return new Timing(value, elapsedNs, Map.of());
    }
}
