package org.talaria.internal.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A shard that threads of the application's drain when they like; those that wait for a message park without owning it.
 *
 * <p>CALL-1: a thread that waits joins, looks once more, parks; whoever makes the shard READY, or leaves it READY, takes one out and unparks it (R6, R8). One that was taken out and
 * gives up passes that on (R7).
 */
final class CalledShard extends Receiving {
    private final ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();

    CalledShard(Engine engine, String name, int shard, int worker) {
        super(engine, name, shard, worker, engine.config().blockBytes());
    }

    @Override
    void ready() {
        Thread next = waiting.poll();
        if (next != null) {
            LockSupport.unpark(next);
        }
    }

    @Override
    boolean poll(boolean all) {
        recover();
        if (all && isReady()) {
            ready();
        }
        return false;
    }

    @Override
    void left() {
        ready();
    }

    /** Nobody waits any more. */
    void wakeAll() {
        for (Thread next = waiting.poll(); next != null; next = waiting.poll()) {
            LockSupport.unpark(next);
        }
    }

    /** Joins those who wait. */
    void join() {
        waiting.add(Thread.currentThread());
    }

    /** Waits no longer; a wake-up that was meant for this thread is passed on, where there is something for it: this thread may be the one that gives up. */
    void quit() {
        if (!waiting.remove(Thread.currentThread()) && isReady()) {
            ready();
        }
    }
}
