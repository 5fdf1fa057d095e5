package org.talaria.journal.verify;

/**
 * How to verify. Immutable.
 *
 * @param offenders most offenders that are named, 1 or more; the others are counted
 */
public record Options(int offenders) {
    private static final Options DEFAULTS = new Options(20);

    /** Checks the range. */
    public Options {
        if (offenders < 1) {
            throw new IllegalArgumentException("offenders " + offenders + " is out of range: give 1 or more");
        }
    }

    /** Names the first 20. */
    public static Options defaults() {
        return DEFAULTS;
    }
}
