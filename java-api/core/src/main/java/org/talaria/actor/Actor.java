package org.talaria.actor;

import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.message.Request;

/**
 * An actor with state of its own: one message at a time, on one thread at a time; what one handler wrote the next one sees.
 * Declares no method whose name an application would import statically.
 *
 * @param <M> what may be told to it: a {@code @Message} record, or a sealed interface of such records
 */
public abstract class Actor<M> {
    private @Nullable ActorRef<M> self;

    /** For subclasses. */
    protected Actor() {}

    /** Called once an instance. A sealed M that is not covered, and has no otherwise, is refused by {@code actor(…)}, the missing types named. */
    protected abstract Receive<M> receive();

    /** Called in the first turn, before any message. What it throws stops the actor. */
    protected void started() throws Exception {}

    /** Called in the last turn. */
    protected void stopped() throws Exception {}

    /** This actor's own reference. @throws IllegalStateException in the constructor and in {@link #receive} */
    protected final ActorRef<M> self() {
        ActorRef<M> ref = self;
        if (ref == null) {
            throw new IllegalStateException(
                    "self() is known from started() on, not in the constructor or in receive()");
        }
        return ref;
    }

    /** Begins a {@link Receive}. */
    protected final <T extends M> Receive<M> on(Class<T> type, Handler<? super T> handler) {
        return Receive.<M>empty().on(type, handler);
    }

    /** Begins a {@link Receive}. */
    protected final <T extends M> Receive<M> on(Class<T> type, ContextHandler<? super T> handler) {
        return Receive.<M>empty().on(type, handler);
    }

    /** Begins a {@link Receive}. */
    protected final <R, Q extends Request<Q, R>> Receive<M> answer(
            Class<Q> type, Answer<? super Q, ? extends R> answer) {
        return Receive.<M>empty().answer(type, answer);
    }

    /** The engine's way into an actor. */
    public abstract static class Access {
        /** For the engine. */
        protected Access() {}

        /** Gives the actor its reference. */
        protected final <M> void bind(Actor<M> actor, ActorRef<M> ref) {
            actor.self = ref;
        }

        /** Calls {@link Actor#receive}. */
        protected final <M> Receive<M> receive(Actor<M> actor) {
            return actor.receive();
        }

        /** Calls {@link Actor#started}. */
        protected final void started(Actor<?> actor) throws Exception {
            actor.started();
        }

        /** Calls {@link Actor#stopped}. */
        protected final void stopped(Actor<?> actor) throws Exception {
            actor.stopped();
        }
    }
}
