package org.talaria.tool;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, as wide as they need to be; the first column to the left, numbers to the right. One thread. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... head) {
        rows.add(head);
    }

    void row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = printable(cells[i].toString());
        }
        rows.add(row);
    }

    /** Names are of the application's making: what would steer a terminal is shown as a question mark. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** The lines, without what is left of each. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String blanks = " ".repeat(widths[i] - row[i].length());
            line.append(i == 0 ? row[i] + blanks : "  " + blanks + row[i]);
        }
        return line.toString().stripTrailing();
    }
}
