package org.talaria.actor;

/**
 * Answers a request.
 *
 * @param <Q> the request
 * @param <R> the reply
 */
@FunctionalInterface
public interface Answer<Q, R> {
    /** The reply to a request; what it throws fails the request. */
    R answer(Q request) throws Exception;
}
