package org.talaria;

/** A message that is to be sent later; made by {@link Timers}. Any thread. */
public interface Timer {
    /**
     * Cancels what is still to come. Of a timer that runs once, either this returns true or its message is sent, never both: also where both are tried at the same moment.
     *
     * @return true if nothing will be sent any more, by this call; false if the timer has ended before: sent, cancelled, or dropped because its endpoint or engine is gone
     */
    @CanIgnoreReturnValue
    boolean cancel();

    /** Whether a message is still to come. */
    boolean pending();

    /** Of a fixed rate: periods that were skipped, because they had passed before their message could be sent. */
    long missed();
}
