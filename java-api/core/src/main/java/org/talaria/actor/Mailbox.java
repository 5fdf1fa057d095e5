package org.talaria.actor;

import org.jspecify.annotations.Nullable;
import org.talaria.BackPressure;

/**
 * How many messages may wait for an actor, and what a send does when they do.
 *
 * @param capacity messages, 1 … 2³⁰; 0 = unbounded (its shard's ring is the bound)
 * @param policy what a send does when the mailbox or its ring is full; null = the engine's
 */
public record Mailbox(int capacity, @Nullable BackPressure policy) {
    private static final Mailbox UNBOUNDED = new Mailbox(0, null);

    /** Checks the range. */
    public Mailbox {
        if (capacity < 0 || capacity > 1 << 30) {
            throw new IllegalArgumentException(
                    "mailbox capacity " + capacity + " is out of range: give 0 (unbounded) to 2^30 messages");
        }
    }

    /** At most {@code capacity} messages. */
    public static Mailbox bounded(int capacity, BackPressure policy) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "mailbox capacity " + capacity + " is out of range: give 1 to 2^30 messages");
        }
        return new Mailbox(capacity, policy);
    }

    /** Bounded by its shard's ring only. */
    public static Mailbox unbounded() {
        return UNBOUNDED;
    }
}
