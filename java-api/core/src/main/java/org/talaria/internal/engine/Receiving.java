package org.talaria.internal.engine;

import static org.talaria.internal.memory.ShardDescriptor.STATE_READY;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;

/**
 * A shard that a receiver drains, on threads of the application's: taken for one turn at a time like any shard (R2), so that its messages are handled in order and one after the
 * other, whichever thread comes.
 */
abstract class Receiving {
    final Engine engine;
    final int shard;
    final ShardDrainer drainer;
    private final String name;
    private final Turn turn;
    /** Who holds the shard; to find out that it ended in the middle. */
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();

    private volatile @Nullable Sender sender;

    Receiving(Engine engine, String name, int shard, int worker, int blockBytes) {
        this.engine = engine;
        this.name = name;
        this.shard = shard;
        drainer = new ShardDrainer(engine, worker, blockBytes);
        turn = engine.turnOf(worker);
    }

    /** The shard became READY and unowned. Any thread, quick. */
    abstract void ready();

    /** From time to time, and always when native code made a shard READY. On the completer. @return whether to come again soon */
    abstract boolean poll(boolean all);

    final boolean isReady() {
        return Mem.getIntVolatile(engine.stateAddress(shard)) == STATE_READY;
    }

    /** Takes the shard, if it is READY and nobody was quicker (R2). */
    final boolean hold(Sender as) {
        if (!drainer.take(shard)) {
            return false;
        }
        sender = as;
        holder.set(Thread.currentThread());
        return true;
    }

    /** Drains at most so many messages; the holder. @return messages handled or dead */
    final int step(int most) {
        return drainer.turn(shard, most, Objects.requireNonNull(sender));
    }

    /** Gives the shard back; if something is left, the next is told (R8). */
    final void release() {
        holder.set(null);
        if (drainer.leave(shard)) {
            left();
        }
    }

    /** Takes the shard and drains at most so many messages, if it is READY. @return messages; −1: it was not, or another has it */
    final int drainOnce(int most, Sender as) {
        if (!hold(as)) {
            return -1;
        }
        try {
            return step(most);
        } finally {
            release();
        }
    }

    /** The shard was given back READY: the baton goes on (R8). */
    abstract void left();

    /** A thread that ended holding the shard gives it back now. */
    final void recover() {
        Thread thread = holder.get();
        Sender as = sender;
        boolean owned = (Mem.getIntVolatile(engine.stateAddress(shard)) & ShardDescriptor.STATE_OWNED) != 0;
        // By one who finds out, the completer or who closes
        if (thread != null && as != null && owned && !thread.isAlive() && holder.compareAndSet(thread, null)) {
            engine.deadLetters()
                    .error(name, new IllegalStateException("thread " + thread.getName() + " ended while it drained"));
            drainer.recover(shard, engine.senders().current());
            if (isReady()) {
                left();
            }
        }
    }

    /** Takes the shard and never gives it back; false: somebody holds it. */
    final boolean holdForEver() {
        long state = engine.stateAddress(shard);
        return Mem.casInt(state, ShardDescriptor.STATE_IDLE, ShardDescriptor.STATE_OWNED)
                || Mem.casInt(state, STATE_READY, ShardDescriptor.STATE_OWNED);
    }

    /** Closing: what nobody drains any more becomes dead letters by whoever closes, once nothing may be handled. */
    final int drainRest() {
        recover();
        int work = 0;
        while (engine.discarding() && isReady()) {
            int drained = drainOnce(Integer.MAX_VALUE, engine.senders().current());
            if (drained <= 0) {
                break;
            }
            work += drained;
        }
        return work;
    }

    final String name() {
        return name;
    }

    /** Whether this thread is in the middle of a turn here. */
    final boolean isNested() {
        return turn.entered() == Thread.currentThread();
    }
}
