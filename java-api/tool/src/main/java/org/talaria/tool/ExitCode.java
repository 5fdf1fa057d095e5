package org.talaria.tool;

/** How commands end. */
final class ExitCode {
    /** Done; of verify: proved. */
    static final int OK = 0;
    /** Of verify: refuted; of replay: it went another way than the run. */
    static final int REFUTED = 1;
    /** No answer: wrong usage, or the journal is missing or cannot be read. */
    static final int USAGE = 2;
    /** A fault of the tool itself; never taken for an answer. */
    static final int FAULT = 70;

    private ExitCode() {}
}
