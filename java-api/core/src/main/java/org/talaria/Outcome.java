package org.talaria;

/**
 * What became of a send. A constant: nothing is allocated. Anything but {@link #ACCEPTED} is also counted.
 *
 * <p>Accepted means: committed in memory. An accepted message is handled, or goes to dead letters with a reason; never neither.
 */
public enum Outcome {
    /** Committed to the target's ring (or gathered within a handler's turn): it will be handled or dead-lettered. */
    ACCEPTED,
    /** The target is full, and its policy is {@link BackPressure#FAIL}; or a hard limit was reached. */
    BACK_PRESSURED,
    /** The target is full, and its policy is {@link BackPressure#DROP_NEWEST}; or the claim was aborted. */
    DROPPED,
    /** The engine is closing or closed. */
    CLOSED,
    /** The address is stale: its endpoint was stopped, or belongs to another engine. */
    NO_SUCH_ENDPOINT,
    /** {@link BackPressure#BLOCK}: still full at the deadline. Of a call: no reply came in time. */
    TIMED_OUT,
    /** The message is over {@code maxMessageBytes}, or the batch over its maximum: nothing was claimed. */
    TOO_LARGE;

    private static final Outcome[] BY_CODE = values();

    /** Whether this is {@link #ACCEPTED}. */
    public boolean accepted() {
        return this == ACCEPTED;
    }

    /** The outcome of a code of the memory layout ({@code docs/layout.md}): its ordinal. */
    public static Outcome ofCode(int code) {
        return BY_CODE[code];
    }

    /**
     * For callers that cannot go on without it.
     *
     * @throws RefusedException if this is not {@link #ACCEPTED}
     */
    @CanIgnoreReturnValue
    public Outcome orThrow() {
        if (this != ACCEPTED) {
            throw new RefusedException(this);
        }
        return this;
    }
}
