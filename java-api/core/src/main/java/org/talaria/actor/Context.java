package org.talaria.actor;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.Join;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.Timers;
import org.talaria.message.Asked;
import org.talaria.message.Request;

/** What a handler knows of its turn. Valid inside the handler that got it, on its thread; elsewhere every method throws {@link IllegalStateException}. */
public interface Context {
    /** The actor that handles. */
    ActorRef<?> self();

    /** The endpoint that sent the message; null if a thread did. */
    @Nullable
    ActorRef<?> sender();

    /** The message's record id: sender id in bits 32–63, sequence in bits 0–31. */
    long messageId();

    /** The time, fixed within a turn and recorded: {@link org.talaria.TalariaClock#nanoTime}. */
    long nowNs();

    /** Makes actors placed beside this one, stopped with it. */
    Actors children();

    /** Replies; the request is the witness of the reply's type. NO_SUCH_ENDPOINT if nobody asked (it was told), TIMED_OUT if the asker gave up. */
    <R> Outcome reply(Asked<R> request, R reply);

    /** A reply that outlives the handler. Allocates. */
    <R> Replier<R> later(Asked<R> request);

    /** Hands the message on; a reply goes to the one who asked first. */
    <T> Outcome forward(Ref<? super T> to, T message);

    /**
     * Asks another endpoint; {@code then} runs in this actor's own turn with the reply or the failure ({@link org.talaria.ReplyTimeoutException},
     * {@link org.talaria.RequestFailedException}, {@link org.talaria.RefusedException}).
     */
    <M, R> void ask(
            ActorRef<M> to,
            Request<? extends M, R> request,
            Duration timeout,
            BiConsumer<? super @Nullable R, ? super @Nullable Throwable> then);

    /**
     * Sends one message to many endpoints and counts those that have done with it, as {@link org.talaria.Talaria#fork}: gathered as other sends are. In a replay, where nothing
     * is sent, the join does not end: what the run's did then is journaled.
     *
     * @throws IllegalArgumentException if a reference is another engine's
     * @throws org.talaria.TalariaException if all joins are in use
     */
    <M> Join fork(List<? extends Ref<M>> to, M message);

    /** The same with a message of its own for each, as {@link org.talaria.Talaria#forkEach}. */
    <M> Join forkEach(List<? extends Ref<M>> to, IntFunction<? extends M> messageOf);

    /** Messages that are sent later, to this actor or another, until this actor stops. */
    Timers timers();

    /** Stops this actor when the handler returns: what is still in its mailbox goes to dead letters. */
    void stop();

    /** Stops a child, or any other endpoint, after what was sent to it before. */
    Outcome stop(Ref<?> endpoint);
}
