package org.talaria.bench.scaling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Medians;

/** Rates by number of workers, in rounds. Efficiency is the rate over so many times the rate of one worker in the same round, and of the rounds the median. One thread. */
public final class Scaling {
    /** Numbers of workers that are asked for. */
    public static final List<Integer> WORKERS = List.of(1, 2, 4, 8, 16);

    /** What {@link #BARRED} workers must reach. */
    public static final Bar BAR = Bar.atLeast(0.8);

    /** Workers that the bar is on. */
    public static final int BARRED = 8;

    private final int cores;
    private final Map<Integer, List<Double>> rates = new LinkedHashMap<>();

    /** Of a machine with so many cores. */
    public Scaling(int cores) {
        this.cores = cores;
        measurable().forEach(workers -> rates.put(workers, new ArrayList<>()));
    }

    /** Numbers of workers that have a core each. */
    public List<Integer> measurable() {
        return WORKERS.stream().filter(workers -> workers <= cores).toList();
    }

    /** A round's rate. Within a round, that of one worker comes first. */
    public void add(int workers, double millionsPerSecond) {
        rates.get(workers).add(millionsPerSecond);
    }

    /** The median rate, in millions of messages a second. */
    public double rate(int workers) {
        return Medians.median(array(rates.get(workers)));
    }

    /** All rates. */
    public List<Double> rates(int workers) {
        return List.copyOf(rates.get(workers));
    }

    /** The efficiencies of the rounds. */
    public List<Double> efficiencies(int workers) {
        List<Double> alone = rates.get(1);
        List<Double> all = rates.get(workers);
        List<Double> efficiencies = new ArrayList<>();
        for (int round = 0; round < all.size(); round++) {
            efficiencies.add(all.get(round) / (workers * alone.get(round)));
        }
        return efficiencies;
    }

    /** The median efficiency. */
    public double efficiency(int workers) {
        return Medians.median(array(efficiencies(workers)));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** As a table, with what was not measured and is therefore not claimed. */
    public String text() {
        StringBuilder out = new StringBuilder(line("workers", "M/s", "efficiency", "bar", "holds"));
        for (int workers : measurable()) {
            boolean barred = workers == BARRED;
            out.append(line(
                    "" + workers,
                    String.format(Locale.ROOT, "%.2f", rate(workers)),
                    String.format(Locale.ROOT, "%.2f", efficiency(workers)),
                    barred ? BAR.text() : "",
                    barred ? (BAR.holds(efficiency(workers)) ? "yes" : "NO") : ""));
        }
        List<Integer> left = WORKERS.stream().filter(workers -> workers > cores).toList();
        if (!left.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "This machine has %d cores: %s workers were not measured, and nothing is claimed of them%s.%n",
                    cores,
                    String.join(", ", left.stream().map(String::valueOf).toList()),
                    left.contains(BARRED) ? " (the bar is on " + BARRED + ")" : ""));
        }
        return out.toString();
    }

    private static String line(String workers, String rate, String efficiency, String bar, String holds) {
        return String.format(Locale.ROOT, "%7s %10s %11s  %-7s %s", workers, rate, efficiency, bar, holds)
                        .stripTrailing()
                + System.lineSeparator();
    }

    /** For results. */
    public List<Map<String, Object>> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int workers : measurable()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("workers", workers);
            json.put("rate", rate(workers));
            json.put("unit", "M/s");
            json.put("efficiency", efficiency(workers));
            json.put("bar", workers == BARRED ? BAR.text() : null);
            json.put("holds", workers == BARRED ? BAR.holds(efficiency(workers)) : null);
            json.put("rates", rates(workers));
            all.add(json);
        }
        return all;
    }
}
