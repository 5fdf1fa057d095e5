package org.talaria;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.talaria.message.Request;
import org.talaria.message.View;

/**
 * A {@link Ref} that answers: Java actor or C++ handler. Immutable; any thread.
 *
 * @param <M> what may be told
 */
public interface ActorRef<M> extends Ref<M> {
    /**
     * Sends a request; the stage completes with the reply, or fails with {@link ReplyTimeoutException}, {@link RequestFailedException} or
     * {@link RefusedException}. It completes on a thread of the engine's own that is no worker.
     */
    <R> CompletionStage<R> ask(Request<? extends M, R> request, Duration timeout);

    /** {@link #ask(Request, Duration)} with this reference's deadline. */
    <R> CompletionStage<R> ask(Request<? extends M, R> request);

    /**
     * Sends a request and waits for the reply, spinning first.
     *
     * @throws ReplyTimeoutException if no reply came in time
     * @throws RequestFailedException if there will be none
     * @throws RefusedException if the request was not accepted
     * @throws CallInterruptedException if the thread was interrupted
     * @throws IllegalStateException inside a handler: ask there instead
     */
    <R> R call(Request<? extends M, R> request, Duration timeout);

    /** {@link #call(Request, Duration)} with this reference's deadline. */
    <R> R call(Request<? extends M, R> request);

    /**
     * Calls without garbage: the reply is copied into a view that the caller owns.
     *
     * @return ACCEPTED if the reply is there; TIMED_OUT; NO_SUCH_ENDPOINT or DROPPED if there will be none; or the refusal
     */
    <R> Outcome callInto(Request<? extends M, R> request, View<R> reply);

    @Override
    ActorRef<M> within(Duration deadline);

    @Override
    ActorRef<M> at(Priority priority);

    @Override
    ActorRef<M> expiringAfter(Duration timeToLive);

    /** The same address for a narrower type; no copy. */
    @SuppressWarnings("unchecked")
    static <Q> ActorRef<Q> narrow(ActorRef<? super Q> ref) {
        return (ActorRef<Q>) ref;
    }
}
