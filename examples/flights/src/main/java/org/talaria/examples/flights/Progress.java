package org.talaria.examples.flights;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bar on one line of a terminal; nothing where nobody waits. Any thread may tell it how far the work is. */
final class Progress implements AutoCloseable {
    private static final int CELLS = 30;
    private static final long INTERVAL_NS = 50_000_000;

    private final PrintStream terminal;
    private final boolean shown;
    private long lastNs = System.nanoTime() - INTERVAL_NS;
    private int width;

    Progress(PrintStream terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    /** Whether standard error is a terminal. */
    static boolean isTerminal() {
        Path standardError = Path.of("/proc/self/fd/2");
        try {
            String target = Files.readSymbolicLink(standardError).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /** Shows how much of the work is done; drawn at most 20 times a second. */
    synchronized void at(String work, long done, long all) {
        long now = System.nanoTime();
        if (!shown || (now - lastNs < INTERVAL_NS && done < all)) {
            return;
        }
        lastNs = now;
        int filled = all <= 0 ? CELLS : (int) Math.min(CELLS, done * CELLS / all);
        int percent = all <= 0 ? 100 : (int) Math.min(100, done * 100 / all);
        draw(String.format("%-9s [%s%s] %3d %%", work, "#".repeat(filled), ".".repeat(CELLS - filled), percent));
    }

    private void draw(String line) {
        terminal.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.flush();
        width = line.length();
    }

    /** A line that a person shall read in any case. */
    synchronized void say(String line) {
        close();
        terminal.println("talaria demo: " + line);
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
