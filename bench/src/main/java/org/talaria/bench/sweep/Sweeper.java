package org.talaria.bench.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.talaria.bench.harness.Ping;
import org.talaria.bench.harness.Regime;
import org.talaria.bench.harness.Timing;

/** Tries all candidates of a group in rounds, each run between two pings, so that a change of the machine strikes all alike. One thread. */
public final class Sweeper {
    private static final long FIRST_OPERATIONS = 20_000;
    private static final double MOST_GROWTH = 40;
    private static final int WARMUPS = 2;

    private final int rounds;
    private final int sampleMillis;
    private final Consumer<String> progress;

    /** In so many rounds, of runs of so long. */
    public Sweeper(int rounds, int sampleMillis, Consumer<String> progress) {
        this.rounds = rounds;
        this.sampleMillis = sampleMillis;
        this.progress = progress;
    }

    /** One figure of a candidate. Fields: index of the candidate, value, pings. */
    public List<String> run(List<Candidate> candidates) throws Exception {
        long[] operations = new long[candidates.size()];
        java.util.Arrays.fill(operations, FIRST_OPERATIONS);
        List<String> lines = new ArrayList<>();
        for (int round = -WARMUPS; round < rounds; round++) {
            double before = Ping.roundTripNs();
            for (int i = 0; i < operations.length; i++) {
                Timing timing = candidates.get(i).trial().run(operations[i]);
                double after = Ping.roundTripNs();
                if (round < 0) {
                    double factor = sampleMillis * 1e6 / Math.max(1, timing.elapsedNs());
                    operations[i] = Math.max(1, (long) (operations[i] * Math.min(MOST_GROWTH, factor)));
                } else {
                    lines.add(i + "\t" + timing.value() + "\t" + before + "\t" + after);
                }
                before = after;
                progress.accept(
                        "round " + Math.max(0, round + 1) + "/" + rounds + ", " + (i + 1) + "/" + operations.length);
            }
        }
        return lines;
    }

    /** The cells of the lines of {@link #run}. */
    public static List<Cell> cells(List<Candidate> candidates, List<String> lines) {
        List<Cell> cells = new ArrayList<>();
        for (Candidate candidate : candidates) {
            cells.add(
                    new Cell(candidate.group(), candidate.payload(), candidate.setting(), candidate.higherIsBetter()));
        }
        for (String line : lines) {
            String[] fields = line.split("\t");
            Regime regime = Regime.of(Double.parseDouble(fields[2]), Double.parseDouble(fields[3]));
            cells.get(Integer.parseInt(fields[0])).add(regime, Double.parseDouble(fields[1]));
        }
        return cells;
    }
}
