package org.talaria.actor;

/**
 * Handles messages with their context, one at a time.
 *
 * @param <T> what it handles
 */
@FunctionalInterface
public interface ContextHandler<T> {
    /** Handles a message; what it throws sends the message to dead letters. */
    void handle(T message, Context context) throws Exception;
}
