package org.talaria.actor;

import org.talaria.Outcome;

/**
 * A reply that outlives the handler. Any thread; one reply: a second returns {@link Outcome#NO_SUCH_ENDPOINT}.
 *
 * @param <R> type of the reply
 */
public interface Replier<R> {
    /** Replies. TIMED_OUT if the asker has given up. */
    Outcome reply(R reply);
}
