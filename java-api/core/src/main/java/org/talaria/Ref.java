package org.talaria;

import java.time.Duration;
import java.util.List;

/**
 * Where messages of type M may be told. Immutable; any thread.
 *
 * <p>Order: messages of one sender (a thread, or an endpoint) to one address are handled in the order sent. No method has an overload:
 * {@code ref::tell} stays an exact method reference.
 *
 * @param <M> what may be told
 */
public interface Ref<M> {
    /** The endpoint's name; unique among the living ones of an engine. */
    String name();

    /** Sends one message: committed in memory when this returns {@link Outcome#ACCEPTED}. */
    Outcome tell(M message);

    /** Sends the whole list by one claim: all or nothing. */
    Outcome tellAll(List<? extends M> batch);

    /** Sends as many as fit now, from index {@code from} on; returns how many. Never waits. */
    int tellSome(List<? extends M> batch, int from);

    /** The same address with another deadline for blocking sends, {@code ask} and {@code call}. Build it once, keep it. */
    Ref<M> within(Duration deadline);

    /** The same address with another priority: it overtakes lower ones where the address's shard has lanes ({@link TalariaConfig#lanes}). Build it once, keep it. */
    Ref<M> at(Priority priority);

    /**
     * The same address for messages that are given up when they have waited so long, counted from their send: at their turn they go to dead letters with
     * {@link DeadLetter.Reason#EXPIRED}. Build it once, keep it.
     *
     * @param timeToLive more than zero
     */
    Ref<M> expiringAfter(Duration timeToLive);

    /** The same address for a narrower type. Java has no lower bound on an instance method's variable, hence static; no copy. */
    @SuppressWarnings("unchecked")
    static <Q> Ref<Q> narrow(Ref<? super Q> ref) {
        return (Ref<Q>) ref;
    }
}
