package org.talaria.examples.flights;

/** How the demonstration ends. */
final class ExitCode {
    /** The order is proved, the replay is equal. */
    static final int OK = 0;
    /** Something failed, or was not proved. */
    static final int FAILED = 1;
    /** Wrong usage, or the input is missing or unreadable. */
    static final int USAGE = 2;
    /** With {@code --strict}: there were malformed lines. */
    static final int REJECTS = 3;
    /** Ctrl-C: 128 and the number of SIGINT. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
