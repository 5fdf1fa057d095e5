package org.talaria;

/** What a send does when its target has no room. */
public enum BackPressure {
    /** Wait for room until the deadline ({@link Ref#within}), then {@link Outcome#TIMED_OUT}. A handler never waits: its send goes to the overflow. */
    BLOCK,
    /** {@link Outcome#BACK_PRESSURED} at once. */
    FAIL,
    /** {@link Outcome#DROPPED} at once: the new message is given up, counted. */
    DROP_NEWEST,
    /**
     * {@link Outcome#ACCEPTED}: the oldest message that waits for the endpoint, of the lowest priority among those with this policy, is given up for it and goes to dead letters with
     * {@link DeadLetter.Reason#DISPLACED}. Where the ring of its shard itself is full, that message is given up at its turn, and the send waits for room as with BLOCK.
     */
    DROP_OLDEST
}
