package org.talaria.bench.harness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.harness.Sample.Side;

/** Runs the two sides of a benchmark in turn, A B A B, each run between two pings, until a regime has alternations enough. One thread. */
public final class Alternation {
    /** A run may be sized up by at most this at a time: the first one is mostly compilation. */
    private static final double MOST_GROWTH = 40;

    private final Plan plan;
    private final PingSource pings;
    private final Watcher watcher;

    /** Where pings come from. */
    @FunctionalInterface
    public interface PingSource {
        /** Nanoseconds a round trip, now. */
        double roundTripNs() throws Exception;
    }

    /** Told of the progress. */
    @FunctionalInterface
    public interface Watcher {
        /** An alternation is done; so many of each regime so far. */
        void alternation(Benchmark benchmark, int payload, Map<Regime, Integer> seen);
    }

    /** Measures by a plan. */
    public Alternation(Plan plan, PingSource pings, Watcher watcher) {
        this.plan = plan;
        this.pings = pings;
        this.watcher = watcher;
    }

    /** All samples of a benchmark at one payload. */
    public List<Sample> run(Benchmark benchmark, int payload) throws Exception {
        Cell cell = new Cell(benchmark, payload);
        // Runs of a fixed length are long: one of them warms enough.
        int warmups = benchmark.fixed() ? Math.min(1, plan.warmups()) : plan.warmups();
        long warmNs = benchmark.fixed() ? 0 : plan.warmMillis() * 1_000_000L;
        long begin = System.nanoTime();
        for (int i = 0; i < warmups || System.nanoTime() - begin < warmNs; i++) {
            cell.warmUp();
        }
        for (int i = 0; i < benchmark.most(plan) && !enough(benchmark, cell.seen); i++) {
            cell.alternate(i);
            watcher.alternation(benchmark, payload, cell.seen);
        }
        return cell.samples;
    }

    /** Whether every regime that showed at all has alternations enough. */
    private boolean enough(Benchmark benchmark, Map<Regime, Integer> seen) {
        boolean some = false;
        for (Map.Entry<Regime, Integer> entry : seen.entrySet()) {
            if (entry.getKey() != Regime.MIXED) {
                if (entry.getValue() < benchmark.enough(plan)) {
                    return false;
                }
                some = true;
            }
        }
        return some;
    }

    private final class Cell {
        private final Benchmark benchmark;
        private final int payload;
        private final Trial ours;
        private final @Nullable Trial peer;
        private final List<Sample> samples = new ArrayList<>();
        private final Map<Regime, Integer> seen = new EnumMap<>(Regime.class);
        private long oursOperations;
        private long peerOperations;

        Cell(Benchmark benchmark, int payload) {
            this.benchmark = benchmark;
            this.payload = payload;
            ours = benchmark.ours(payload);
            peer = benchmark.peer(payload);
            oursOperations = benchmark.firstOperations(plan);
            peerOperations = oursOperations;
        }

        void warmUp() throws Exception {
            oursOperations = sized(oursOperations, ours.run(oursOperations));
            if (peer != null) {
                peerOperations = sized(peerOperations, peer.run(peerOperations));
            }
        }

        private long sized(long operations, Timing timing) {
            if (benchmark.fixed()) {
                return operations;
            }
            double factor = plan.sampleMillis() * 1e6 / Math.max(1, timing.elapsedNs());
            return Math.max(1, (long) (operations * Math.min(MOST_GROWTH, factor)));
        }

        void alternate(int number) throws Exception {
            double first = pings.roundTripNs();
            Timing mine = ours.run(oursOperations);
            double second = pings.roundTripNs();
            keep(benchmark.name(), number, Side.OURS, mine.value(), oursOperations, first, second);
            for (Benchmark.Extra extra : benchmark.extras()) {
                double value = mine.also().get(extra.key());
                keep(extra.name(), number, Side.OURS, value, oursOperations, first, second);
            }
            Regime regime = Regime.of(first, second);
            if (peer != null) {
                Timing theirs = peer.run(peerOperations);
                double third = pings.roundTripNs();
                keep(benchmark.name(), number, Side.PEER, theirs.value(), peerOperations, second, third);
                regime = regime == Regime.of(second, third) ? regime : Regime.MIXED;
            }
            seen.merge(benchmark.placed() ? regime : Regime.ANY, 1, Integer::sum);
        }

        private void keep(
                String name, int number, Side side, double value, long operations, double before, double after) {
            samples.add(new Sample(name, payload, number, side, value, operations, before, after));
        }
    }
}
