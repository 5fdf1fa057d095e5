package org.talaria.bench.harness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.harness.Sample.Side;

/** Makes rows of samples: like with like only, medians within a regime, and says what was not seen. Pure. */
public final class Judge {
    private final int enough;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Judges where a regime has at least so many alternations. */
    public Judge(int enough) {
        this.enough = enough;
    }

    private record Pair(Regime regime, double ours, double peer) {
        double ratio() {
            return ours / peer;
        }
    }

    /** Judges a benchmark at one payload, of samples that may hold others too. */
    public void judge(Benchmark benchmark, int payload, List<Sample> samples) {
        boolean alone = benchmark.peerName().isEmpty();
        judge(
                new Asked(
                        benchmark.name(),
                        benchmark.unit(),
                        benchmark.peerName(),
                        benchmark.bar(payload),
                        benchmark.enough(enough)),
                payload,
                benchmark.placed(),
                pairs(benchmark.name(), payload, benchmark.placed(), alone, samples));
        for (Benchmark.Extra extra : benchmark.extras()) {
            judge(
                    new Asked(extra.name(), extra.unit(), "", extra.bar(), benchmark.enough(enough)),
                    payload,
                    benchmark.placed(),
                    pairs(extra.name(), payload, benchmark.placed(), true, samples));
        }
    }

    private record Asked(String name, String unit, String peer, Bar bar, int enough) {}

    private void judge(Asked asked, int payload, boolean placed, Map<Regime, List<Pair>> pairs) {
        boolean some = false;
        for (Regime regime : placed ? List.of(Regime.NEAR, Regime.FAR) : List.of(Regime.ANY)) {
            List<Pair> seen = pairs.getOrDefault(regime, List.of());
            if (seen.size() >= asked.enough()) {
                rows.add(row(asked, payload, regime, seen, true));
                some = true;
            } else {
                note(asked.name(), payload, regime, seen.size());
            }
        }
        if (!some) {
            List<Pair> all = pairs.values().stream().flatMap(List::stream).toList();
            if (!all.isEmpty()) {
                rows.add(row(asked, payload, Regime.MIXED, all, false));
            }
        }
    }

    private void note(String name, int payload, Regime regime, int seen) {
        String where = name + (payload == 0 ? "" : " at " + payload + " bytes") + ": regime " + regime.text();
        notes.add(where + (seen == 0 ? " was not seen" : " was seen in " + seen + " alternations, too few to judge"));
    }

    private static Row row(Asked asked, int payload, Regime regime, List<Pair> pairs, boolean judged) {
        double value = median(pairs.stream().mapToDouble(Pair::ours).toArray());
        boolean alone = asked.peer().isEmpty();
        double peerValue = alone
                ? Double.NaN
                : median(pairs.stream().mapToDouble(Pair::peer).toArray());
        double ratio = alone
                ? Double.NaN
                : median(pairs.stream().mapToDouble(Pair::ratio).toArray());
        Boolean holds = judged ? (Boolean) asked.bar().holds(alone ? value : ratio) : null;
        return new Row(
                asked.name(),
                payload,
                regime,
                value,
                asked.unit(),
                asked.peer(),
                peerValue,
                ratio,
                asked.bar(),
                holds,
                pairs.size());
    }

    private static double median(double[] values) {
        return Medians.median(values);
    }

    private static Map<Regime, List<Pair>> pairs(
            String name, int payload, boolean placed, boolean alone, List<Sample> samples) {
        Map<Integer, @Nullable Sample[]> alternations = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.benchmark().equals(name) && sample.payload() == payload) {
                alternations
                        .computeIfAbsent(sample.alternation(), k -> new Sample[2])[
                        sample.side().ordinal()] = sample;
            }
        }
        Map<Regime, List<Pair>> pairs = new EnumMap<>(Regime.class);
        for (@Nullable Sample[] both : alternations.values()) {
            Pair pair = pair(both[Side.OURS.ordinal()], both[Side.PEER.ordinal()], placed, alone);
            if (pair != null) {
                pairs.computeIfAbsent(pair.regime(), k -> new ArrayList<>()).add(pair);
            }
        }
        return pairs;
    }

    private static @Nullable Pair pair(@Nullable Sample ours, @Nullable Sample peer, boolean placed, boolean alone) {
        if (ours == null || (peer == null && !alone)) {
            return null;
        }
        Regime regime = ours.regime();
        if (peer != null && peer.regime() != regime) {
            regime = Regime.MIXED;
        }
        return new Pair(placed ? regime : Regime.ANY, ours.value(), peer == null ? Double.NaN : peer.value());
    }

    /** The rows so far. */
    public List<Row> rows() {
        return rows;
    }

    /** What was not seen, or too seldom. */
    public List<String> notes() {
        return notes;
    }
}
