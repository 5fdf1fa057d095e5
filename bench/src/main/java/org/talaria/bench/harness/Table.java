package org.talaria.bench.harness;

import java.util.List;
import java.util.Locale;

/** The rows as text, for people. */
public final class Table {
    private static final String FORMAT = "%-20s %7s %-6s %12s %12s %-6s %8s  %-9s %s%n";

    private Table() {}

    /** A line a row. */
    public static String text(List<Row> rows) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                FORMAT,
                "benchmark",
                "payload",
                "regime",
                "ours",
                "peer",
                "unit",
                "ratio",
                "bar",
                "holds"));
        for (Row row : rows) {
            out.append(String.format(
                    Locale.ROOT,
                    FORMAT,
                    row.name(),
                    row.payload() == 0 ? "-" : row.payload() + " B",
                    row.regime().text(),
                    number(row.value()),
                    number(row.peerValue()),
                    row.unit(),
                    number(row.ratio()),
                    row.bar().text(),
                    holds(row)));
        }
        return out.toString();
    }

    private static String holds(Row row) {
        if (!row.bar().asks()) {
            return "";
        }
        if (row.holds() == null) {
            return "not judged";
        }
        return row.holds() ? "yes" : "NO";
    }

    /** Three significant digits or so. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size != 0 && size < 0.001) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
    }
}
