package org.talaria.actor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.message.Asked;
import org.talaria.message.Request;

/**
 * What an actor does with each type of message. Immutable: each {@code on(…)} gives a new one.
 *
 * @param <M> what may be told to the actor
 */
public final class Receive<M> {
    private static final Receive<?> EMPTY = new Receive<>(Map.of(), null);

    private final Map<Class<?>, ContextHandler<Object>> handlers;
    private final @Nullable ContextHandler<Object> otherwise;

    private Receive(Map<Class<?>, ContextHandler<Object>> handlers, @Nullable ContextHandler<Object> otherwise) {
        this.handlers = handlers;
        this.otherwise = otherwise;
    }

    /** Handles nothing yet. */
    @SuppressWarnings("unchecked")
    public static <M> Receive<M> empty() {
        return (Receive<M>) EMPTY;
    }

    /** Handles a type. @throws IllegalArgumentException if it is handled already */
    public <T extends M> Receive<M> on(Class<T> type, Handler<? super T> handler) {
        return with(type, (message, context) -> handler.handle(type.cast(message)));
    }

    /** Handles a type, with the context. @throws IllegalArgumentException if it is handled already */
    public <T extends M> Receive<M> on(Class<T> type, ContextHandler<? super T> handler) {
        return with(type, (message, context) -> handler.handle(type.cast(message), context));
    }

    /** Answers a type: the value is the reply. @throws IllegalArgumentException if it is handled already */
    public <R, Q extends Request<Q, R>> Receive<M> answer(Class<Q> type, Answer<? super Q, ? extends R> answer) {
        return with(type, answering(type, answer));
    }

    /** Handles every type that has no handler of its own. */
    public Receive<M> otherwise(ContextHandler<? super M> handler) {
        @SuppressWarnings("unchecked")
        ContextHandler<Object> any = (ContextHandler<Object>) handler;
        return new Receive<>(handlers, any);
    }

    /** The handlers by type; for the engine. */
    public Map<Class<?>, ContextHandler<Object>> handlers() {
        return handlers;
    }

    /** The handler of everything else; for the engine. */
    public @Nullable ContextHandler<Object> otherwise() {
        return otherwise;
    }

    /** A handler that replies with the answer's value; for the engine. */
    public static <R, Q extends Request<Q, R>> ContextHandler<Object> answering(
            Class<Q> type, Answer<? super Q, ? extends R> answer) {
        return (message, context) -> {
            Q request = type.cast(message);
            Outcome outcome = context.reply((Asked<R>) request, answer.answer(request));
            // Told rather than asked, or given up meanwhile: there is nobody to reply to, and that is no fault.
            if (outcome == Outcome.TOO_LARGE || outcome == Outcome.BACK_PRESSURED || outcome == Outcome.DROPPED) {
                throw new RefusedException(
                        outcome, "the reply to " + type.getSimpleName() + " was refused: " + outcome);
            }
        };
    }

    private Receive<M> with(Class<?> type, ContextHandler<Object> handler) {
        Map<Class<?>, ContextHandler<Object>> copy = new LinkedHashMap<>(handlers);
        if (copy.put(type, handler) != null) {
            throw new IllegalArgumentException(type.getName() + " has a handler already: give each type one on(…)");
        }
        return new Receive<>(Collections.unmodifiableMap(copy), otherwise);
    }
}
