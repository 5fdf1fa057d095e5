package org.talaria.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.talaria.bench.harness.Sample.Side;

/**
 * A plot as SVG: a bar a row, as long as its ratio (or its figure, where it stands alone, over its bar), on a logarithmic axis; the bar to be held as a red stroke;
 * our samples as dots, each over the peer's median. Pure.
 */
public final class Plot {
    private static final int LEFT = 250;
    private static final int WIDTH = 420;
    private static final int RIGHT = 330;
    private static final int TOP = 46;
    private static final int STEP = 26;
    private static final int THICK = 14;
    private static final double LEAST = 0.05;
    private static final double MOST = 200;

    private final StringBuilder out = new StringBuilder();

    private Plot() {}

    /** The plot of some rows. */
    public static String svg(String title, List<Row> rows, List<Sample> samples) {
        Plot plot = new Plot();
        int height = TOP + rows.size() * STEP + 40;
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + RIGHT, height);
        plot.add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        plot.text(8, 18, "start", title);
        plot.axis(height - 34);
        for (int i = 0; i < rows.size(); i++) {
            plot.row(rows.get(i), TOP + i * STEP, samples);
        }
        plot.add("</svg>");
        return plot.out.toString();
    }

    private void axis(int bottom) {
        for (double tick : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100}) {
            double x = x(tick);
            add(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>",
                    x, TOP - 8, x, bottom, tick == 1 ? "#888" : "#e4e4e4");
            text(
                    x,
                    bottom + 16,
                    "middle",
                    String.format(Locale.ROOT, "%s", tick).replaceAll("\\.0$", ""));
        }
        text(x(1), bottom + 30, "middle", "ours ÷ peer (alone: figure ÷ its bar)");
    }

    private void row(Row row, int y, List<Sample> samples) {
        String name = row.name() + (row.payload() == 0 ? "" : " " + row.payload() + " B") + " "
                + row.regime().text();
        text(LEFT - 8, y + 12, "end", name);
        double scale = scale(row);
        double figure = row.peer().isEmpty() ? row.value() / scale : row.ratio();
        if (Double.isFinite(figure)) {
            double from = Math.min(x(1), x(figure));
            String colour = row.holds() == null || !row.bar().asks() ? "#9aa7b0" : row.holds() ? "#4a90a4" : "#d08a3c";
            add(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    from, y, Math.max(1, Math.abs(x(figure) - x(1))), THICK, colour);
        }
        dots(row, y, scale, samples);
        if (row.bar().asks()) {
            double x = x(row.peer().isEmpty() ? 1 : row.bar().limit());
            add(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#c0392b\" stroke-width=\"2\"/>",
                    x, y - 3, x, y + THICK + 3);
        }
        text(LEFT + WIDTH + 8, y + 12, "start", legend(row));
    }

    /** What our samples are divided by to stand on the axis. */
    private static double scale(Row row) {
        if (!row.peer().isEmpty()) {
            return row.peerValue();
        }
        return row.bar().asks() ? row.bar().limit() : row.value();
    }

    private void dots(Row row, int y, double scale, List<Sample> samples) {
        for (Sample sample : samples) {
            boolean own = sample.benchmark().equals(row.name())
                    && sample.payload() == row.payload()
                    && sample.side() == Side.OURS
                    && (row.regime() == Regime.ANY || sample.regime() == row.regime());
            double at = sample.value() / scale;
            if (own && Double.isFinite(at)) {
                add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\" fill=\"#222\" fill-opacity=\"0.6\"/>",
                        x(at), y + THICK / 2.0);
            }
        }
    }

    private static String legend(Row row) {
        List<String> parts = new ArrayList<>();
        parts.add(Table.number(row.value()) + " " + row.unit());
        if (!row.peer().isEmpty()) {
            parts.add("peer " + Table.number(row.peerValue()));
            parts.add("× " + Table.number(row.ratio()));
        }
        parts.add(row.bar().asks() ? "bar " + row.bar().text() : "reported");
        return String.join(", ", parts);
    }

    private static double x(double ratio) {
        double clipped = Math.max(LEAST, Math.min(MOST, ratio));
        return LEFT + WIDTH * Math.log(clipped / LEAST) / Math.log(MOST / LEAST);
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    private void add(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
