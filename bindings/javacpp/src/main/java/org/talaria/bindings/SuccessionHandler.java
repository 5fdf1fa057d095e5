package org.talaria.bindings;

/** Gives a C++ endpoint a later sender id: {@code talaria_succession_handler} of {@code talaria.h}. */
@FunctionalInterface
public interface SuccessionHandler {
    /**
     * The endpoint has used up the sequence of its sender id. Takes a later one, makes it known as the successor, and stores it in the endpoint's row. Called by the
     * thread that runs the worker. Must not throw: what escapes is logged and reported to the core as {@code -1}.
     *
     * @param endpoint index of the endpoint that is about to send
     * @param worker index of the worker that runs its handler
     * @return the new id, or a number below 1: none can be had, and the send is refused
     */
    int onSuccession(int endpoint, int worker);
}
