package org.talaria.bench.harness;

import org.jspecify.annotations.Nullable;

/**
 * One judged figure.
 *
 * @param name of the benchmark
 * @param payload bytes of a message, 0 where that has no meaning
 * @param regime where the threads sat
 * @param value median of our samples
 * @param unit of both values
 * @param peer the other library; empty if the figure stands alone
 * @param peerValue median of its samples; NaN if the figure stands alone
 * @param ratio median of the alternations' ratios ours ÷ peer; NaN if the figure stands alone
 * @param bar on the ratio, or on the value if the figure stands alone
 * @param holds whether it holds; null if it could not be judged
 * @param alternations how many stand behind it
 */
public record Row(
        String name,
        int payload,
        Regime regime,
        double value,
        String unit,
        String peer,
        double peerValue,
        double ratio,
        Bar bar,
        @Nullable Boolean holds,
        int alternations) {
    /** A row that could not be measured. */
    public static Row failed(Benchmark benchmark, int payload) {
        return new Row(
                benchmark.name(),
                payload,
                benchmark.placed() ? Regime.MIXED : Regime.ANY,
                Double.NaN,
                benchmark.unit(),
                benchmark.peerName(),
                Double.NaN,
                Double.NaN,
                benchmark.bar(payload),
                false,
                0);
    }

    /** Whether a bar was asked and missed. */
    public boolean missed() {
        return bar.asks() && holds != null && !holds;
    }
}
