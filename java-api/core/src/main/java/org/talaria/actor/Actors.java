package org.talaria.actor;

import java.util.function.Supplier;
import org.talaria.ActorRef;
import org.talaria.CanIgnoreReturnValue;
import org.talaria.message.Request;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/**
 * Makes actors. Options are bound by {@link #with}, so that no factory has an overload for them and the lambda stays last. Any thread;
 * those of {@code context.children()} only while the parent handles a message.
 *
 * <p>Names are unique among living endpoints: a duplicate is refused with {@link IllegalArgumentException}. An empty name makes an anonymous actor, with a name of the engine's own.
 * An actor's type is a {@code @Message} record, or a sealed interface of such records; any other class is sent <em>by reference</em> (receivers in this process only).
 */
public interface Actors {
    /** The same factory with other options. */
    Actors with(ActorOptions options);

    /** An actor that is a handler of decoded messages. */
    @CanIgnoreReturnValue
    <M> ActorRef<M> actor(String name, Class<M> type, Handler<? super M> handler);

    /** The same, with the context. */
    @CanIgnoreReturnValue
    <M> ActorRef<M> actor(String name, Class<M> type, ContextHandler<? super M> handler);

    /** An actor that reads messages where they lie: no garbage. */
    @CanIgnoreReturnValue
    <M, V extends View<M>> ActorRef<M> actor(String name, ViewType<M, V> type, Handler<? super V> handler);

    /** The same, with the context. */
    @CanIgnoreReturnValue
    <M, V extends View<M>> ActorRef<M> actor(String name, ViewType<M, V> type, ContextHandler<? super V> handler);

    /** An actor with state, several message types and a life cycle. The supplier runs on the calling thread. */
    @CanIgnoreReturnValue
    <M> ActorRef<M> actor(String name, Supplier<? extends Actor<M>> maker);

    /** An actor whose lambda's value is the reply. */
    @CanIgnoreReturnValue
    <R, Q extends Request<Q, R>> ActorRef<Q> answering(
            String name, Class<Q> type, Answer<? super Q, ? extends R> answer);
}
