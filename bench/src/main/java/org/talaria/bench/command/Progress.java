package org.talaria.bench.command;

/** One line on standard error that is written over; where no terminal is, only its last state. One thread. */
final class Progress {
    /** Told by the first process to those it forks: their standard input is no terminal. */
    static final String TERMINAL = "talaria.bench.terminal";

    private static final boolean LIVE = System.console() != null || Boolean.getBoolean(TERMINAL);
    private static String last = "";

    private Progress() {}

    /** Shows a state. */
    static void show(String text) {
        if (LIVE) {
            System.err.print("\r" + text + " ".repeat(Math.max(0, last.length() - text.length())));
        }
        last = text;
    }

    /** Leaves the last state standing. */
    static void end() {
        System.err.println(LIVE ? "" : last);
        last = "";
    }
}
