package org.talaria.tool;

import java.io.PrintStream;

/** A bar on one line of a terminal; nothing where nobody waits. Any thread. */
final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 40;
    private static final long INTERVAL_NS = 50_000_000;

    private final PrintStream terminal;
    private final boolean shown;
    private final String work;
    private long lastNs = System.nanoTime() - INTERVAL_NS;
    private int width;

    ProgressBar(PrintStream terminal, boolean shown, String work) {
        this.terminal = terminal;
        this.shown = shown;
        this.work = work;
    }

    /** Shows how much is done; draws at most 20 times a second. */
    synchronized void at(long done, long all) {
        long now = System.nanoTime();
        if (!shown || all <= 0 || (now - lastNs < INTERVAL_NS && done < all)) {
            return;
        }
        lastNs = now;
        int filled = (int) Math.min(CELLS, done * CELLS / all);
        draw(String.format(
                "%s [%s%s] %3d %%",
                work, "#".repeat(filled), ".".repeat(CELLS - filled), Math.min(100, done * 100 / all)));
    }

    private void draw(String line) {
        terminal.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.flush();
        width = line.length();
    }

    /** Clears the line. */
    @Override
    public synchronized void close() {
        if (width > 0) {
            terminal.print('\r' + " ".repeat(width) + '\r');
            terminal.flush();
            width = 0;
        }
    }
}
