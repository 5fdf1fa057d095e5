package org.talaria.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.talaria.TalariaException;

/**
 * A shard that tasks of an executor drain, one at a time.
 *
 * <p>TASK-1: whoever makes the shard READY has a task submitted, unless one is that has not begun. A task says that it has begun before it takes the shard: what becomes READY behind
 * that submits another. A task that is rejected, or never begins, leaves the shard READY, and is tried again by the completer (R9).
 */
final class TaskShard extends Receiving implements Runnable {
    /** Messages before other tasks of the executor have their turn. */
    private static final int MOST = 128;

    private static final long AGAIN_NS = 1_000_000;
    private static final long LOST_NS = 1_000_000_000;

    private final Executor executor;
    private final AtomicBoolean submitted = new AtomicBoolean();
    private volatile long submittedNs;
    private volatile boolean rejected;

    TaskShard(Engine engine, String name, int shard, int worker, Executor executor) {
        // A record at a time: its handlers may block, and what they sent must not wait for them
        super(engine, name, shard, worker, 0);
        this.executor = executor;
    }

    /** The sender's thread must not run the executor's code, which may run the task at once. */
    @Override
    void ready() {
        engine.completer().wake();
    }

    @Override
    boolean poll(boolean all) {
        recover();
        if (!isReady()) {
            return false;
        }
        long now = System.nanoTime();
        if (submitted.get() && now - submittedNs > LOST_NS) {
            // Dropped without a word; if it does begin after all, it finds the shard taken or empty
            submitted.set(false);
        }
        if (rejected && now - submittedNs < AGAIN_NS) {
            return true;
        }
        if (submitted.compareAndSet(false, true)) {
            submittedNs = now;
            submit();
        }
        return rejected;
    }

    private void submit() {
        rejected = false;
        try {
            executor.execute(this);
        } catch (Throwable e) {
            rejected = true;
            submitted.set(false);
            engine.deadLetters()
                    .error(
                            name(),
                            new TalariaException(
                                    "the executor of group " + name() + " rejects its task, which is tried again: " + e,
                                    e));
        }
    }

    @Override
    public void run() {
        submitted.set(false);
        if (isNested() || engine.ended()) {
            return;
        }
        try {
            drainAll(engine.senders().current());
        } finally {
            // TASK-1: the last look; also where others of the executor are to have their turn, or this one failed
            if (isReady()) {
                engine.completer().wake();
            }
        }
    }

    private void drainAll(Sender sender) {
        int drained = 0;
        while (drained < MOST) {
            int records = drainOnce(1, sender);
            if (records < 0) {
                return;
            }
            drained += Math.max(1, records);
        }
    }

    /** The task itself goes on, or the completer has another submitted. */
    @Override
    void left() {}
}
