package org.talaria.bench.sweep;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.talaria.bench.harness.Regime;
import org.talaria.bench.peer.PeerSettings;

/** A sweep as SVG: a strip a group and payload, a bar a setting from the best to the worst, as high as its median; near and far beside each other. Pure. */
public final class SweepPlot {
    private static final int WIDTH = 900;
    private static final int STRIP = 110;
    private static final int TOP = 40;
    private static final int LEFT = 140;

    private final StringBuilder out = new StringBuilder();

    private SweepPlot() {}

    /** The plot. */
    public static String svg(String machine, List<Cell> cells) {
        Map<String, List<Cell>> strips = new LinkedHashMap<>();
        for (Cell cell : cells) {
            strips.computeIfAbsent(PeerSettings.key(cell.group(), cell.payload()), key -> new java.util.ArrayList<>())
                    .add(cell);
        }
        SweepPlot plot = new SweepPlot();
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH + LEFT + 20, TOP + strips.size() * STRIP);
        plot.add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        plot.add(
                "<text x=\"8\" y=\"18\">Sweep: %s. Blue near, orange far; best setting first; hover for settings.</text>",
                machine);
        int y = TOP;
        for (Map.Entry<String, List<Cell>> strip : strips.entrySet()) {
            plot.strip(strip.getKey(), strip.getValue(), y);
            y += STRIP;
        }
        plot.add("</svg>");
        return plot.out.toString();
    }

    private void strip(String name, List<Cell> cells, int top) {
        List<Cell> sorted = cells.stream()
                .sorted(Comparator.comparingDouble(Cell::score).reversed())
                .toList();
        double most = sorted.stream()
                .flatMap(cell -> List.of(cell.median(Regime.NEAR), cell.median(Regime.FAR)).stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        add("<text x=\"8\" y=\"%d\">%s</text>", top + 40, name);
        add("<text x=\"8\" y=\"%d\" fill=\"#666\">to %.3g</text>", top + 56, most);
        double step = (double) WIDTH / sorted.size();
        for (int i = 0; i < sorted.size(); i++) {
            bar(sorted.get(i), Regime.NEAR, "#4a90a4", LEFT + i * step, step * 0.42, top, most);
            bar(sorted.get(i), Regime.FAR, "#d08a3c", LEFT + i * step + step * 0.45, step * 0.42, top, most);
        }
    }

    private void bar(Cell cell, Regime regime, String colour, double x, double width, int top, double most) {
        double value = cell.median(regime);
        if (Double.isFinite(value)) {
            double height = (STRIP - 24) * value / most;
            add(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"><title>%s: %.4g</title></rect>",
                    x,
                    top + STRIP - 14 - height,
                    width,
                    height,
                    colour,
                    cell.setting().text(),
                    value);
        }
    }

    private void add(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
