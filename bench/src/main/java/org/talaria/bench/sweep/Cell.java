package org.talaria.bench.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Regime;
import org.talaria.bench.peer.Setting;

/** What a sweep found of one setting. One thread. */
public final class Cell {
    private final String group;
    private final int payload;
    private final Setting setting;
    private final boolean higherIsBetter;
    private final Map<Regime, List<Double>> values = new EnumMap<>(Regime.class);

    /** Nothing yet. */
    public Cell(String group, int payload, Setting setting, boolean higherIsBetter) {
        this.group = group;
        this.payload = payload;
        this.setting = setting;
        this.higherIsBetter = higherIsBetter;
    }

    /** A sample. */
    public void add(Regime regime, double value) {
        values.computeIfAbsent(regime, key -> new ArrayList<>()).add(value);
    }

    /** What was swept. */
    public String group() {
        return group;
    }

    /** Bytes of a message. */
    public int payload() {
        return payload;
    }

    /** The setting. */
    public Setting setting() {
        return setting;
    }

    /** The median in a regime; NaN if that was not seen. */
    public double median(Regime regime) {
        List<Double> seen = values.getOrDefault(regime, List.of());
        return seen.isEmpty()
                ? Double.NaN
                : Medians.median(seen.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How good the setting is over the regimes: the geometric mean of the medians, the better the higher; −∞ if nothing was seen. */
    public double score() {
        double sum = 0;
        int count = 0;
        for (Regime regime : List.of(Regime.NEAR, Regime.FAR)) {
            double median = median(regime);
            if (Double.isFinite(median)) {
                sum += Math.log(median);
                count++;
            }
        }
        if (count == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return higherIsBetter ? sum / count : -sum / count;
    }

    /** For results. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("group", group);
        json.put("payload", payload);
        json.put("setting", setting.text());
        for (Regime regime : List.of(Regime.NEAR, Regime.FAR)) {
            json.put(regime.text(), median(regime));
        }
        for (Regime regime : List.of(Regime.NEAR, Regime.FAR, Regime.MIXED)) {
            json.put(regime.text() + "_samples", values.getOrDefault(regime, List.of()));
        }
        return json;
    }
}
