package org.talaria.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.EngineStats;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** An engine's threads: start, invoke, figures, and the close that never faults (R28). */
abstract class Running extends Engine {
    private static final System.Logger LOG = System.getLogger("org.talaria");
    private static final long JOIN_MS = 5_000;

    private final List<Thread> workerThreads = new ArrayList<>();
    private @Nullable Thread completerThread;
    private @Nullable Thread shutdownHook;
    private boolean closing;
    private volatile @Nullable EngineStats last;

    Running(TalariaConfig config, int workers) {
        super(config, workers);
    }

    /** Runs a worker's loop until the engine stops. */
    abstract void runWorker(int worker);

    /** One lap of every worker, on the calling thread. */
    abstract int invokeWorker();

    /** Frees what the engine holds beside the region; the workers have stopped. */
    abstract void releaseEngine();

    final void startThreads() {
        engineState(RegionDescriptor.STATE_RUNNING);
        journaling().start();
        if (!invoked()) {
            for (int i = 0; i < layout().workers(); i++) {
                int worker = i;
                Thread thread = new Thread(() -> runWorker(worker), "talaria-worker-" + i);
                thread.setDaemon(true);
                workerThreads.add(thread);
                thread.start();
            }
            Thread thread = new Thread(completer(), "talaria-completer");
            thread.setDaemon(true);
            completerThread = thread;
            thread.start();
        }
        if (config().shutdownHook()) {
            Thread hook = new Thread(this::close, "talaria-shutdown");
            shutdownHook = hook;
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    @Override
    public final int invoke() {
        if (!invoked()) {
            throw new IllegalStateException(
                    "this engine has workers of its own: open it with config().invoker() to invoke it");
        }
        if (senders().current().turn() != null) {
            return 0;
        }
        int work = invokeWorker();
        completer().poll();
        return work;
    }

    @Override
    public final EngineStats stats() {
        // The counters' memory is given back on close: what they said last stays.
        EngineStats closed = last;
        return closed != null ? closed : count();
    }

    private EngineStats count() {
        long handled = sumShards(ShardDescriptor.HANDLED_OFFSET);
        long dead = sumShards(ShardDescriptor.DEAD_OFFSET);
        long accepted = senders().accepted() + sumWorkers(WorkerDescriptor.ACCEPTED_OFFSET);
        return new EngineStats(
                accepted,
                handled,
                dead,
                accepted - handled - dead,
                senders().refused() + sumWorkers(WorkerDescriptor.REFUSED_OFFSET),
                lifecycle().living(),
                sumWorkers(WorkerDescriptor.TURNS_OFFSET),
                sumWorkers(WorkerDescriptor.STEALS_OFFSET),
                sumWorkers(WorkerDescriptor.PARKS_OFFSET),
                sumShards(ShardDescriptor.SPILLED_OFFSET));
    }

    private long sumShards(int offset) {
        long sum = 0;
        for (int i = 0; i < layout().shards(); i++) {
            sum += Mem.getLongVolatile(shardAddress(i) + offset);
        }
        return sum;
    }

    private long sumWorkers(int offset) {
        long sum = 0;
        for (int i = 0; i < layout().workers(); i++) {
            sum += Mem.getLongVolatile(workerBlock(i) + offset);
        }
        return sum;
    }

    @Override
    public final boolean awaitQuiet(Duration deadline) {
        long start = System.nanoTime();
        while (stats().inFlight() != 0) {
            if (System.nanoTime() - start >= deadline.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() {
        if (invoked()) {
            invoke();
        } else {
            LockSupport.parkNanos(this, 50_000);
        }
    }

    @Override
    public final void close() {
        if (senders().current().turn() != null) {
            throw new IllegalStateException(
                    "close() waits for handlers, and a handler must not call it: close from another thread");
        }
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        engineState(RegionDescriptor.STATE_DRAINING);
        lifecycle().closeAll();
        if (!drainAll(config().closeDeadline())) {
            LOG.log(System.Logger.Level.WARNING, "close deadline passed: what is left goes to dead letters");
            discard();
            lifecycle().discardAll();
            drainAll(Duration.ofMillis(JOIN_MS));
        }
        stopThreads();
        finish();
    }

    /** Drains every shard to the tail that it has once all home words say closed, and what handlers sent meanwhile. */
    private boolean drainAll(Duration deadline) {
        long start = System.nanoTime();
        // Twice: a turn that ran when the words were closed may have flushed to a shard already looked at; new turns
        // gather nothing any more.
        while (!(allDrained() && allDrained())) {
            if (System.nanoTime() - start >= deadline.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean allDrained() {
        boolean drained = true;
        for (int i = 0; i < layout().shards(); i++) {
            long at = shardAddress(i);
            if (overflowing(i) || Mem.getLongVolatile(at + ShardDescriptor.DRAINED_OFFSET) != rings()[i].tail()) {
                published(i);
                drained = false;
            } else if (Mem.getIntVolatile(stateAddress(i)) != ShardDescriptor.STATE_IDLE) {
                drained = false;
            }
        }
        return drained;
    }

    private void stopThreads() {
        engineState(RegionDescriptor.STATE_STOPPING);
        for (int i = 0; i < layout().workers(); i++) {
            unpark(i);
        }
        workerThreads.forEach(this::join);
        lifecycle().stopAll();
        journaling().close();
        waiters().failAll();
        completer().stop();
        if (completerThread != null) {
            join(completerThread);
        } else {
            completer().poll();
        }
    }

    private void join(Thread thread) {
        boolean interrupted = false;
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() {
        engineState(RegionDescriptor.STATE_CLOSED);
        last = count();
        markClosed();
        boolean stuck = workerThreads.stream().anyMatch(Thread::isAlive);
        if (stuck) {
            deadLetters()
                    .error("close", new TalariaException("a handler did not return: its worker and its memory stay"));
        } else {
            releaseEngine();
        }
        region().release();
        removeHook();
    }

    private void removeHook() {
        Thread hook = shutdownHook;
        if (hook != null && Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending, and the hook with it
            }
        }
    }
}
