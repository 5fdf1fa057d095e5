package org.talaria.internal.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.CallInterruptedException;
import org.talaria.Receiver;
import org.talaria.Ref;
import org.talaria.actor.ActorOptions;
import org.talaria.internal.memory.ShardPlan;

/**
 * A mailbox whose messages are taken by whoever calls: an endpoint on a shard of its own, whose handler hands the message to the thread that drains one.
 *
 * @param <M> what may be told
 */
final class Inbox<M> implements Receiver<M> {
    private static final int SPINS = 200;

    private final Engine engine;
    private final Ref<M> ref;
    private final CalledShard shard;
    /** What the holder of the shard has just been handed. */
    private @Nullable M taken;

    private volatile boolean closed;

    Inbox(Engine engine, String name, Class<M> type) {
        this.engine = engine;
        ref = engine.with(ActorOptions.options().in(ShardPlan.RECEIVERS)).actor(name, type, message -> taken = message);
        shard = engine.receivers().called(((BaseRef<M>) ref).cell().shard());
    }

    @Override
    public Ref<M> ref() {
        return ref;
    }

    @Override
    public @Nullable M poll() {
        return closed ? null : take(sender());
    }

    @Override
    public @Nullable M receive(Duration timeout) {
        Sender sender = sender();
        M message = poll(sender);
        return message != null || closed ? message : await(sender, timeout.toNanos());
    }

    private Sender sender() {
        Sender sender = engine.senders().current();
        if (sender.turn() != null) {
            throw new IllegalStateException("receive() waits, and a handler must not");
        }
        return sender;
    }

    private @Nullable M poll(Sender sender) {
        for (int i = 0; i < SPINS && !closed; i++) {
            M message = take(sender);
            if (message != null) {
                return message;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** CALL-1: joins, looks once more, parks. */
    private @Nullable M await(Sender sender, long timeoutNs) {
        long start = engine.clock().nanoTime();
        M message = null;
        while (message == null && !closed) {
            shard.join();
            message = take(sender);
            long left = timeoutNs - (engine.clock().nanoTime() - start);
            if (message == null && left > 0 && !closed) {
                LockSupport.parkNanos(this, left);
            }
            boolean late = timeoutNs - (engine.clock().nanoTime() - start) <= 0;
            boolean interrupted = Thread.currentThread().isInterrupted();
            shard.quit(message != null || late || interrupted);
            if (message == null && interrupted) {
                throw new CallInterruptedException("interrupted while waiting for a message");
            }
            if (message == null && late) {
                return take(sender);
            }
        }
        return message;
    }

    /** One message of what is READY: whoever holds the shard is alone with the field (I1). What is no message, or dead, is passed over. */
    private @Nullable M take(Sender sender) {
        M message = null;
        while (message == null && shard.isReady() && shard.hold(sender)) {
            try {
                taken = null;
                shard.step(1);
                message = taken;
                taken = null;
            } finally {
                shard.release();
            }
        }
        return message;
    }

    /** Its end, by the holder of its shard, so that what waits becomes dead letters (R14). */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        shard.wakeAll();
        Sender sender = sender();
        engine.published(shard.shard);
        while (!shard.hold(sender)) {
            if (engine.ended()) {
                return;
            }
            engine.published(shard.shard);
            Thread.onSpinWait();
        }
        try {
            engine.lifecycle().finish(((BaseRef<M>) ref).cell());
            while (shard.step(Integer.MAX_VALUE) > 0) {
                taken = null;
            }
        } finally {
            shard.release();
        }
    }
}
