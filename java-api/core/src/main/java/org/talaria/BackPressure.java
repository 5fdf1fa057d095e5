package org.talaria;

/** What a send does when its target has no room. */
public enum BackPressure {
    /** Wait for room until the deadline ({@link Ref#within}), then {@link Outcome#TIMED_OUT}. A handler never waits: its send goes to the overflow. */
    BLOCK,
    /** {@link Outcome#BACK_PRESSURED} at once. */
    FAIL,
    /** {@link Outcome#DROPPED} at once: the new message is given up, counted. */
    DROP_NEWEST
}
