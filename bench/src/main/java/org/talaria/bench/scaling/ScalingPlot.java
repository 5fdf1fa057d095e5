package org.talaria.bench.scaling;

import java.util.List;
import java.util.Locale;

/** Efficiency by number of workers as SVG: medians as a line, rounds as dots, the bar as a red stroke at its number of workers. Pure. */
public final class ScalingPlot {
    private static final int LEFT = 60;
    private static final int TOP = 46;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 260;
    private static final double MOST = 1.2;

    private final StringBuilder out = new StringBuilder();

    private ScalingPlot() {}

    /** The plot of a machine. */
    public static String svg(String title, Scaling scaling) {
        ScalingPlot plot = new ScalingPlot();
        plot.frame(title);
        StringBuilder line = new StringBuilder();
        for (int workers : scaling.measurable()) {
            scaling.efficiencies(workers).forEach(efficiency -> plot.dot(workers, efficiency));
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(workers), y(scaling.efficiency(workers))));
            plot.text(
                    x(workers),
                    y(scaling.efficiency(workers)) - 10,
                    String.format(Locale.ROOT, "%.2f", scaling.efficiency(workers)));
        }
        plot.add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"#4a90a4\" stroke-width=\"2\"/>",
                line.toString().strip());
        plot.add("</svg>");
        return plot.out.toString();
    }

    private void frame(String title) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + 40, TOP + HEIGHT + 50);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        String escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text x=\"8\" y=\"18\">%s</text>", escaped);
        for (int fifths = 0; fifths <= 6; fifths++) {
            double y = y(fifths / 5.0);
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>",
                    LEFT, y, LEFT + WIDTH, y, fifths == 5 ? "#888" : "#e4e4e4");
            text(LEFT - 18, y + 4, String.format(Locale.ROOT, "%.1f", fifths / 5.0));
        }
        List<Integer> all = Scaling.WORKERS;
        all.forEach(workers -> text(x(workers), TOP + HEIGHT + 18, "" + workers));
        text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 38, "workers; efficiency: rate ÷ (workers × rate of one)");
        double y = y(Scaling.BAR.limit());
        double x = x(Scaling.BARRED);
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#c0392b\" stroke-width=\"2\"/>",
                x - 14, y, x + 14, y);
    }

    private void dot(int workers, double efficiency) {
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\" fill=\"#222\" fill-opacity=\"0.6\"/>",
                x(workers), y(Math.min(MOST, efficiency)));
    }

    private static double x(int workers) {
        int at = Scaling.WORKERS.indexOf(workers);
        return LEFT + 30 + at * (WIDTH - 60.0) / (Scaling.WORKERS.size() - 1);
    }

    private static double y(double efficiency) {
        return TOP + HEIGHT * (1 - efficiency / MOST);
    }

    private void text(double x, double y, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, y, text);
    }

    private void add(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
