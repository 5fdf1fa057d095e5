package org.talaria.journal.read;

import java.util.Arrays;

/** Rows of longs without boxes, appended and then sorted by their first column. */
final class LongTable {
    private final int columns;
    private long[] cells = new long[64];
    private int rows;

    LongTable(int columns) {
        this.columns = columns;
    }

    void add(long... row) {
        int at = rows * columns;
        if (at + columns > cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length + columns);
        }
        System.arraycopy(row, 0, cells, at, columns);
        rows++;
    }

    long get(int row, int column) {
        return cells[row * columns + column];
    }

    int rows() {
        return rows;
    }

    /** Sorts by the first column; rows that are in order already, as nearly all are, cost one look. */
    void sort() {
        for (int row = 1; row < rows; row++) {
            if (get(row, 0) < get(row - 1, 0)) {
                sortRows();
                return;
            }
        }
    }

    private void sortRows() {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (a, b) -> Long.compare(get(a, 0), get(b, 0)));
        long[] sorted = new long[rows * columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(cells, order[row] * columns, sorted, row * columns, columns);
        }
        cells = sorted;
    }
}
