package org.talaria.actor;

/**
 * Handles messages, one at a time.
 *
 * @param <T> what it handles
 */
@FunctionalInterface
public interface Handler<T> {
    /** Handles a message; what it throws sends the message to dead letters. */
    void handle(T message) throws Exception;
}
