package org.talaria.tool;

/** How commands end. */
final class ExitCode {
    /** Done; of verify: proved. */
    static final int OK = 0;
    /** Failed; of verify: refuted; of replay: it went another way than the run. */
    static final int FAILED = 1;
    /** Wrong usage, or the journal is missing or cannot be read. */
    static final int USAGE = 2;
    /** Of verify: proved up to a cut. */
    static final int CUT = 4;

    private ExitCode() {}
}
