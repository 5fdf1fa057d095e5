package org.talaria.internal.engine;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.TalariaException;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Actors;
import org.talaria.actor.Answer;
import org.talaria.actor.ContextHandler;
import org.talaria.actor.Handler;
import org.talaria.actor.Receive;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.message.Codec;
import org.talaria.message.Request;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/** Makes actors: with options, and beside a parent if it has one. */
final class Factory implements Actors {
    private final Engine engine;
    private final @Nullable Cell<?> parent;
    private final ActorOptions options;

    Factory(Engine engine, @Nullable Cell<?> parent) {
        this(engine, parent, ActorOptions.options());
    }

    private Factory(Engine engine, @Nullable Cell<?> parent, ActorOptions options) {
        this.engine = engine;
        this.parent = parent;
        this.options = options;
    }

    @Override
    public Actors with(ActorOptions with) {
        return new Factory(engine, parent, with);
    }

    @Override
    public <M> ActorRef<M> actor(String name, Class<M> type, Handler<? super M> handler) {
        Codec<M> codec = Codecs.orNull(type);
        if (codec != null) {
            engine.schemas().register(codec);
            return create(name, (n, i, half) -> new Cells.OfRecord<>(engine, n, i, half, codec, handler));
        }
        return byType(name, type, (message, context) -> handler.handle(message));
    }

    @Override
    public <M> ActorRef<M> actor(String name, Class<M> type, ContextHandler<? super M> handler) {
        return byType(name, type, handler);
    }

    private <M> ActorRef<M> byType(String name, Class<M> type, ContextHandler<? super M> handler) {
        ContextHandler<Object> any = (message, context) -> handler.handle(type.cast(message), context);
        Map<Class<?>, ContextHandler<Object>> handlers = Cells.all(type, any);
        if (handlers.isEmpty()) {
            return create(name, (n, i, half) -> new Cells.OfReference<>(engine, n, i, half, type, handler));
        }
        Dispatch<M> dispatch = new Dispatch<>(engine, handlers, null);
        return create(name, (n, i, half) -> new Cells.OfReceive<>(engine, n, i, half, dispatch, null));
    }

    @Override
    public <M, V extends View<M>> ActorRef<M> actor(String name, ViewType<M, V> type, Handler<? super V> handler) {
        return view(name, type, handler, null);
    }

    @Override
    public <M, V extends View<M>> ActorRef<M> actor(
            String name, ViewType<M, V> type, ContextHandler<? super V> handler) {
        return view(name, type, null, handler);
    }

    private <M, V extends View<M>> ActorRef<M> view(
            String name,
            ViewType<M, V> type,
            @Nullable Handler<? super V> handler,
            @Nullable ContextHandler<? super V> contextHandler) {
        Codec<M> codec = type.newView().codec();
        engine.schemas().register(codec);
        return create(
                name, (n, i, half) -> new Cells.OfView<M, V>(engine, n, i, half, type, codec, handler, contextHandler));
    }

    @Override
    public <M> ActorRef<M> actor(String name, Supplier<? extends Actor<M>> maker) {
        Actor<M> actor = maker.get();
        Receive<M> receive = Cells.receiveOf(actor);
        Dispatch<M> dispatch = Dispatch.of(engine, name, actor.getClass(), receive);
        Cell<M> cell = create(name, (n, i, half) -> new Cells.OfReceive<>(engine, n, i, half, dispatch, actor));
        // Its first turn is a message like any: started() runs on the actor's shard, before what is sent from here on.
        if (!engine.control(cell, RecordDescriptor.CONTROL_START).accepted()) {
            engine.lifecycle().finish(cell);
            throw new TalariaException(
                    "actor " + name + " could not be started: its shard is full or the engine is closing");
        }
        engine.lifecycle().started(cell);
        return cell;
    }

    @Override
    public <R, Q extends Request<Q, R>> ActorRef<Q> answering(
            String name, Class<Q> type, Answer<? super Q, ? extends R> answer) {
        Map<Class<?>, ContextHandler<Object>> handlers = Cells.all(type, Receive.<R, Q>answering(type, answer));
        if (handlers.isEmpty()) {
            throw new TalariaException(type.getName() + " is no message: annotate the record with @Message");
        }
        Dispatch<Q> dispatch = new Dispatch<>(engine, handlers, null);
        return create(name, (n, i, half) -> new Cells.OfReceive<>(engine, n, i, half, dispatch, null));
    }

    /** A parent's own state is touched: by who holds its shard only. */
    private void checkTurn(Cell<?> of) {
        Turn turn = engine.senders().current().turn();
        if (turn == null || !turn.active() || turn.current() != of) {
            throw new IllegalStateException("children of " + of.endpointName()
                    + " are made while it handles a message: context.children() is not for other threads or later");
        }
    }

    private <M> Cell<M> create(String name, Lifecycle.Maker<M> maker) {
        if (parent != null) {
            checkTurn(parent);
        }
        return engine.lifecycle().create(name, options, parent, maker, cell -> {});
    }
}
