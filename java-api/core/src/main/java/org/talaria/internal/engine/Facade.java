package org.talaria.internal.engine;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.talaria.ActorRef;
import org.talaria.Join;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.Timers;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Actors;
import org.talaria.actor.Answer;
import org.talaria.actor.ContextHandler;
import org.talaria.actor.Handler;
import org.talaria.message.Request;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/** The factory methods of {@link Talaria}, each by a {@link Factory} without a parent; its timers, and its monitor. */
abstract class Facade implements Talaria {
    private final Timers timers = new MessageTimers((Engine) this);
    private final EngineMonitor monitor = new EngineMonitor((Engine) this);

    private Actors factory() {
        return new Factory((Engine) this, null);
    }

    @Override
    public final Actors with(ActorOptions options) {
        return factory().with(options);
    }

    @Override
    public final <M> ActorRef<M> actor(String name, Class<M> type, Handler<? super M> handler) {
        return factory().actor(name, type, handler);
    }

    @Override
    public final <M> ActorRef<M> actor(String name, Class<M> type, ContextHandler<? super M> handler) {
        return factory().actor(name, type, handler);
    }

    @Override
    public final <M, V extends View<M>> ActorRef<M> actor(
            String name, ViewType<M, V> type, Handler<? super V> handler) {
        return factory().actor(name, type, handler);
    }

    @Override
    public final <M, V extends View<M>> ActorRef<M> actor(
            String name, ViewType<M, V> type, ContextHandler<? super V> handler) {
        return factory().actor(name, type, handler);
    }

    @Override
    public final <M> ActorRef<M> actor(String name, Supplier<? extends Actor<M>> maker) {
        return factory().actor(name, maker);
    }

    @Override
    public final <R, Q extends Request<Q, R>> ActorRef<Q> answering(
            String name, Class<Q> type, Answer<? super Q, ? extends R> answer) {
        return factory().answering(name, type, answer);
    }

    @Override
    public final boolean move(Ref<?> endpoint, int shard) {
        return ((Engine) this).moves().move(cell(endpoint), shard);
    }

    @Override
    public final int shardOf(Ref<?> endpoint) {
        return cell(endpoint).shard();
    }

    private Cell<?> cell(Ref<?> endpoint) {
        Cell<?> cell = ((BaseRef<?>) endpoint).cell();
        if (cell.engine() != this) {
            throw new IllegalArgumentException(cell.endpointName() + " is an endpoint of another engine");
        }
        return cell;
    }

    @Override
    public final <M> Join fork(List<? extends Ref<M>> to, M message) {
        return new Fork<M>((Engine) this, to).send(message);
    }

    @Override
    public final <M> Join forkEach(List<? extends Ref<M>> to, IntFunction<? extends M> messageOf) {
        return new Fork<M>((Engine) this, to).sendEach(messageOf);
    }

    @Override
    public final Timers timers() {
        return timers;
    }

    @Override
    public final EngineMonitor monitor() {
        return monitor;
    }
}
