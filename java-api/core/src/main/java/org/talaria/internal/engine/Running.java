package org.talaria.internal.engine;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.talaria.EngineStats;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;
import org.talaria.internal.ring.StackRoom;

/** An engine's threads: start, invoke, figures, and the close that never faults (R28). */
abstract class Running extends Engine {
    private static final int PAUSES_BETWEEN_SWEEPS = 1_000;
    private static final System.Logger LOG = System.getLogger("org.talaria");
    private static final long JOIN_MS = 5_000;
    /** For workers that had their time already. */
    private static final long LATE_JOIN_MS = 1_000;

    private final List<Thread> workerThreads = new CopyOnWriteArrayList<>();
    private final ReentrantLock invoking = new ReentrantLock();
    /** Under {@link #invoking}: handlers may run below us. */
    private boolean lapping;

    private final Keeper keeper = new Keeper(this);
    private volatile @Nullable Thread completerThread;
    private volatile @Nullable Thread keeperThread;
    private @Nullable Thread shutdownHook;
    private volatile @Nullable Thread closer;
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
        WaterMarks.watch(this);
        if (!invoked()) {
            CountDownLatch registered = new CountDownLatch(layout().workers() + 2);
            for (int i = 0; i < layout().workers(); i++) {
                int worker = i;
                workerThreads.add(thread("talaria-worker-" + i, registered, () -> runWorker(worker)));
            }
            Thread completes = thread("talaria-completer", registered, completer());
            completerThread = completes;
            workerThreads.forEach(Thread::start);
            completes.start();
            Thread keeps = thread("talaria-keeper", registered, keeper);
            keeperThread = keeps;
            keeps.start();
            await(registered);
        }
        if (config().shutdownHook()) {
            Thread hook = new Thread(this::close, "talaria-shutdown");
            shutdownHook = hook;
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** A thread of the engine's own: it has its place among the senders before users can take them all. */
    private Thread thread(String name, CountDownLatch registered, Runnable work) {
        Runnable first = () -> {
            try {
                senders().current();
            } finally {
                registered.countDown();
            }
            work.run();
        };
        Thread thread = new Thread(first, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() != 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final int invoke() {
        if (!invoked()) {
            throw new IllegalStateException(
                    "this engine has workers of its own: open it with config().invoker() to invoke it");
        }
        // A stack that ends does so here, where nothing is begun, not in the middle of a turn
        StackRoom.check();
        int work = lap();
        if (work < 0) {
            // Who calls in a loop lets the other get on
            Thread.yield();
        }
        return Math.max(0, work);
    }

    /** One lap, by one thread at a time: workers and turns are one thread's each (I1). @return the work done, or −1: another thread is at it */
    private int lap() {
        if (state() >= RegionDescriptor.STATE_STOPPING || !invoking.tryLock()) {
            return -1;
        }
        try {
            // Nested, from a handler or a listener: its turn goes on when we return
            return lapping || state() >= RegionDescriptor.STATE_STOPPING ? 0 : workAndPoll();
        } finally {
            invoking.unlock();
        }
    }

    private int workAndPoll() {
        // Before anything is taken: a thread that can have no place among the senders must not bury what it finds
        senders().current();
        int work;
        lapping = true;
        try {
            work = invokeWorker();
        } finally {
            lapping = false;
        }
        completer().poll();
        keeper.invoked();
        return work;
    }

    private int state() {
        return Mem.getIntVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET);
    }

    @Override
    public final EngineStats stats() {
        // The counters' memory is given back on close: what they said last stays.
        EngineStats closed = last;
        return closed != null ? closed : count();
    }

    private EngineStats count() {
        long handled = sumLanes(ShardDescriptor.HANDLED_OFFSET);
        long dead = sumLanes(ShardDescriptor.DEAD_OFFSET);
        long accepted = senders().accepted() + sumDrainers(WorkerDescriptor.ACCEPTED_OFFSET);
        return new EngineStats(
                accepted,
                handled,
                dead,
                accepted - handled - dead,
                senders().refused() + sumDrainers(WorkerDescriptor.REFUSED_OFFSET),
                lifecycle().living(),
                sumDrainers(WorkerDescriptor.TURNS_OFFSET),
                sumDrainers(WorkerDescriptor.STEALS_OFFSET),
                sumDrainers(WorkerDescriptor.PARKS_OFFSET),
                sumLanes(ShardDescriptor.SPILLED_OFFSET));
    }

    @Override
    final @Nullable Thread drainerThread(int worker) {
        // A C++ handler's thread is in no turn of Java's
        return worker < workerThreads.size() ? workerThreads.get(worker) : super.drainerThread(worker);
    }

    private long sumLanes(int offset) {
        long sum = 0;
        for (int lane = 0; lane < rings(); lane++) {
            sum += Mem.getLongVolatile(laneAddress(lane) + offset);
        }
        return sum;
    }

    private long sumDrainers(int offset) {
        long sum = 0;
        for (int i = 0; i < layout().drainers(); i++) {
            sum += Mem.getLongVolatile(workerBlock(i) + offset);
        }
        return sum;
    }

    @Override
    public final boolean barrier(Duration deadline) {
        if (senders().current().turn() != null) {
            throw new IllegalStateException("barrier() waits for this handler too: wait in a thread of your own");
        }
        // The counters' memory is given back when the engine is closed, and then nothing waits
        long start = System.nanoTime();
        return last != null || new Barrier(this, () -> waited(start, deadline)).await();
    }

    @Override
    public final boolean quiesce(Duration deadline) {
        long start = System.nanoTime();
        for (int pauses = 1; stats().inFlight() != 0; pauses++) {
            if (System.nanoTime() - start >= deadline.toNanos()) {
                return false;
            }
            if (pauses % PAUSES_BETWEEN_SWEEPS == 0) {
                // What a thread left open whose stack ended
                senders().reclaim();
            }
            pause();
        }
        return true;
    }

    private boolean waited(long startNs, Duration deadline) {
        boolean inTime = System.nanoTime() - startNs < deadline.toNanos();
        if (inTime) {
            pause();
        }
        return inTime;
    }

    /** Or does a lap, where nobody else does. */
    @Override
    final void pause() {
        if (!invoked() || lap() < 0) {
            super.pause();
        }
    }

    @Override
    public final void close() {
        Thread current = Thread.currentThread();
        if (closer == current) {
            return;
        }
        if (isOwn(current)) {
            throw new IllegalStateException(
                    "close() waits for handlers, and this thread runs them, or their listeners and completions: close from another thread");
        }
        synchronized (this) {
            if (closer != null) {
                return;
            }
            closer = current;
        }
        engineState(RegionDescriptor.STATE_DRAINING);
        lifecycle().closeAll();
        boolean drained = drainAll(config().closeDeadline()) || discardRest();
        try {
            finish(stopThreads(drained ? JOIN_MS : LATE_JOIN_MS));
        } finally {
            if (invoking.isHeldByCurrentThread()) {
                invoking.unlock();
            }
        }
    }

    /** Whether close would wait for this thread: a worker, the completer, the keeper, who invokes, or a thread that tells of a failed journal. */
    private boolean isOwn(Thread thread) {
        return workerThreads.contains(thread)
                || thread == completerThread
                || thread == keeperThread
                || (invoking.isHeldByCurrentThread() && lapping)
                || senders().inTurn()
                || journaling().tells(thread);
    }

    private boolean discardRest() {
        LOG.log(System.Logger.Level.WARNING, "close deadline passed: what is left goes to dead letters");
        discard();
        lifecycle().discardAll();
        return drainAll(Duration.ofMillis(JOIN_MS));
    }

    /** Drains every shard to the tail that it has once all home words say closed, and what handlers sent meanwhile. */
    private boolean drainAll(Duration deadline) {
        long start = System.nanoTime();
        // Twice: a turn that ran when the words were closed may have flushed to a shard already looked at; new turns
        // gather nothing any more.
        while (!(allDrained() && allDrained())) {
            receivers().drainRest();
            if (System.nanoTime() - start >= deadline.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean allDrained() {
        boolean drained = true;
        for (int lane = 0; lane < rings(); lane++) {
            ClaimRing ring = laneRings()[lane];
            if (ring == null) {
                // Nobody ever used its shard
                continue;
            }
            long drainedTo = Mem.getLongVolatile(laneAddress(lane) + ShardDescriptor.DRAINED_OFFSET);
            if (overflowing(lane) || drainedTo != ring.tail()) {
                published(lane);
                drained = false;
            } else if (Mem.getIntVolatile(stateAddress(shardOf(lane))) != ShardDescriptor.STATE_IDLE) {
                drained = false;
            }
        }
        return drained;
    }

    /** Stops workers, actors, journal and waiters. @return whether all workers have ended */
    private boolean stopThreads(long joinMs) {
        engineState(RegionDescriptor.STATE_STOPPING);
        for (int i = 0; i < layout().workers(); i++) {
            unpark(i);
        }
        boolean workersEnded = invoked() ? holdInvoking(joinMs) : join(workerThreads, joinMs);
        BitSet busy = receivers().holdAll();
        boolean ended = workersEnded && busy.isEmpty();
        stopActors(ended, busy);
        journaling().close();
        waiters().failAll();
        joins().close();
        keeper.stop();
        Thread keeps = keeperThread;
        if (keeps != null) {
            join(List.of(keeps), JOIN_MS);
        }
        completer().stop();
        Thread completes = completerThread;
        if (completes != null) {
            join(List.of(completes), JOIN_MS);
        } else if (ended) {
            completer().poll();
        }
        return ended;
    }

    /** I1: whoever still owns a shard may be inside a handler of it; the actors there are left alone, for ever. */
    private void stopActors(boolean ended, BitSet owned) {
        for (int shard = 0; shard < layout().plan().workerShards() && !ended; shard++) {
            if ((Mem.getIntVolatile(stateAddress(shard)) & ShardDescriptor.STATE_OWNED) != 0) {
                owned.set(shard);
            }
        }
        int left = lifecycle().stopAll(owned::get);
        if (!ended) {
            String text = "a handler did not return: its worker and its memory stay, and " + left
                    + " endpoints on shards " + owned + " are not stopped";
            deadLetters().error("close", new TalariaException(text));
        }
    }

    /** Held to the end of close: nobody invokes meanwhile. Left by close, not here. */
    private boolean holdInvoking(long millis) {
        try {
            return invoking.tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return invoking.tryLock();
        }
    }

    /** Waits for threads, together for so long at most. @return whether all have ended */
    private static boolean join(List<Thread> threads, long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        boolean ended = true;
        for (Thread thread : threads) {
            long left = until - System.nanoTime();
            while (thread.isAlive() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = until - System.nanoTime();
            }
            ended &= !thread.isAlive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    private void finish(boolean ended) {
        engineState(RegionDescriptor.STATE_CLOSED);
        markClosed();
        try {
            monitor().close();
        } catch (Throwable e) {
            // The clock's, say: the rest must not stay for it
            deadLetters().error("close", e);
        }
        if (ended) {
            last = count();
            releaseEngine();
        }
        region().release();
        deadLetters().close();
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
