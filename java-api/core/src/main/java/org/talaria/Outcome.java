package org.talaria;

/**
 * What became of a send. A constant: nothing is allocated. Anything but {@link #ACCEPTED} is also counted.
 *
 * <p>Accepted means: committed in memory. An accepted message is handled, or goes to dead letters with a reason; never neither.
 */
public enum Outcome {
    /** Committed to the target's ring (or gathered within a handler's turn): it will be handled or dead-lettered. */
    ACCEPTED("it was accepted"),
    /** The target is full, and its policy is {@link BackPressure#FAIL}; or a hard limit was reached. */
    BACK_PRESSURED("the target is full: send less, wait with BackPressure.BLOCK, or give it a larger mailbox or ring"),
    /** The target is full, and its policy is {@link BackPressure#DROP_NEWEST}; or the claim was aborted. */
    DROPPED("the target is full and drops what is new: send less, or wait with BackPressure.BLOCK"),
    /** The engine is closing or closed. */
    CLOSED("the engine is closing or closed"),
    /** The address is stale: its endpoint was stopped, or belongs to another engine. */
    NO_SUCH_ENDPOINT(
            "the reference is stale, its endpoint has stopped or belongs to another engine: look it up again with find(…)"),
    /** {@link BackPressure#BLOCK}: still full at the deadline. Of a call: no reply came in time. */
    TIMED_OUT(
            "the target was still full at the deadline: send less, or give more time with within(…) or blockDeadline(…)"),
    /** The message is over {@code maxMessageBytes}, or the batch over its maximum: nothing was claimed. */
    TOO_LARGE(
            "the message is over maxMessageBytes, or with its batch over an eighth of the ring: send less at once, or open with maxMessageBytes(…) and ringCapacityBytes(…)");

    private static final Outcome[] BY_CODE = values();

    private final String explanation;

    Outcome(String explanation) {
        this.explanation = explanation;
    }

    /** The outcome in words, and the remedy where there is one: half a sentence, for logs and exceptions. */
    public String explanation() {
        return explanation;
    }

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
