package org.talaria.internal.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.CallInterruptedException;
import org.talaria.IdleStrategy;
import org.talaria.Receiver;
import org.talaria.Ref;
import org.talaria.actor.ActorOptions;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardPlan;

/**
 * A mailbox whose messages are taken by whoever calls: an endpoint on a shard of its own, whose handler hands the message to the thread that drains one.
 *
 * @param <M> what may be told
 */
final class Inbox<M> implements Receiver<M> {
    private final Engine engine;
    private final IdleStrategy strategy;
    private final Idling.@Nullable Costs costs;
    private final Shared<M> shared;

    /**
     * What all ways to wait for one mailbox share.
     *
     * @param <M> what may be told
     */
    private static final class Shared<M> {
        private final Ref<M> ref;
        private final CalledShard shard;
        /** What the holder of the shard has just been handed. */
        private @Nullable M taken;

        private volatile boolean closed;

        Shared(Engine engine, String name, Class<M> type) {
            ref = engine.with(ActorOptions.options().in(ShardPlan.RECEIVERS))
                    .actor(name, type, message -> taken = message);
            shard = engine.receivers().called(((BaseRef<M>) ref).cell().shard());
        }
    }

    Inbox(Engine engine, String name, Class<M> type) {
        this(engine, new Shared<>(engine, name, type), IdleStrategy.backoff());
    }

    private Inbox(Engine engine, Shared<M> shared, IdleStrategy strategy) {
        this.engine = engine;
        this.shared = shared;
        this.strategy = strategy;
        costs = strategy.isAdaptive() ? new Idling.Costs() : null;
    }

    @Override
    public Receiver<M> idle(IdleStrategy with) {
        return new Inbox<>(engine, shared, with);
    }

    @Override
    public Ref<M> ref() {
        return shared.ref;
    }

    @Override
    public @Nullable M poll() {
        return shared.closed ? null : take(sender());
    }

    @Override
    public @Nullable M receive(Duration timeout) {
        Sender sender = sender();
        M message = take(sender);
        return message != null || shared.closed ? message : await(sender, timeout.toNanos());
    }

    private Sender sender() {
        Sender sender = engine.senders().current();
        if (sender.turn() != null) {
            throw new IllegalStateException("receive() waits, and a handler must not");
        }
        return sender;
    }

    private @Nullable M await(Sender sender, long timeoutNs) {
        Idling idling = new Idling(strategy.maxSpins(), strategy.maxYields(), costs);
        long startNs = engine.clock().nanoTime();
        M message = null;
        while (message == null && !shared.closed && lives() && engine.clock().nanoTime() - startNs < timeoutNs) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterruptedException("interrupted while waiting for a message");
            }
            message = idling.parks() ? park(sender, timeoutNs, startNs) : take(sender);
        }
        if (message != null) {
            idling.reset();
        }
        return message != null || shared.closed ? message : take(sender);
    }

    /** CALL-1: joins, looks once more, parks. */
    private @Nullable M park(Sender sender, long timeoutNs, long startNs) {
        CalledShard shard = shared.shard;
        shard.join();
        M message = null;
        try {
            message = take(sender);
            long leftNs = timeoutNs - (engine.clock().nanoTime() - startNs);
            if (message == null && leftNs > 0 && !shared.closed) {
                LockSupport.parkNanos(
                        this, Math.min(leftNs, strategy.longestPark().toNanos()));
            }
        } finally {
            shard.quit();
        }
        return message != null ? message : take(sender);
    }

    /** Whether more may come: the endpoint was not stopped, and the engine is there. */
    private boolean lives() {
        Cell<M> cell = ((BaseRef<M>) shared.ref).cell();
        int half = HomeWord.half(Mem.getLongVolatile(cell.row()));
        return HomeWord.generation(half) == cell.generation()
                && HomeWord.state(half) != HomeWord.STOPPED
                && !engine.ended();
    }

    /** One message of what is READY: whoever holds the shard is alone with the field (I1). What is no message, or dead, is passed over. */
    private @Nullable M take(Sender sender) {
        M message = null;
        while (message == null && shared.shard.isReady() && shared.shard.hold(sender)) {
            try {
                if (!lives()) {
                    // The shard may be another's by now
                    return null;
                }
                shared.taken = null;
                shared.shard.step(1);
                message = shared.taken;
                shared.taken = null;
            } finally {
                shared.shard.release();
            }
        }
        return message;
    }

    /** Its end, by the holder of its shard, so that what waits becomes dead letters (R14). The shard is another's when nothing of this one is left. */
    @Override
    public void close() {
        Sender sender = sender();
        synchronized (shared) {
            if (shared.closed || engine.ended()) {
                return;
            }
            shared.closed = true;
        }
        CalledShard shard = shared.shard;
        shard.wakeAll();
        if (holds(shard, sender)) {
            try {
                engine.lifecycle().finish(((BaseRef<M>) shared.ref).cell());
                while (shard.step(Integer.MAX_VALUE) > 0) {
                    shared.taken = null;
                }
                engine.lifecycle().freed(shard.shard);
            } finally {
                shard.release();
            }
        }
    }

    /** Takes the shard, which others hold for a moment only. @return false: the engine has ended */
    private boolean holds(CalledShard shard, Sender sender) {
        engine.published(shard.shard);
        while (!shard.hold(sender)) {
            if (engine.ended()) {
                return false;
            }
            engine.published(shard.shard);
            Thread.onSpinWait();
        }
        return true;
    }
}
