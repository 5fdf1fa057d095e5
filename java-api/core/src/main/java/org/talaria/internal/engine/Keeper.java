package org.talaria.internal.engine;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/**
 * Looks at what the drainers do, from beside: each 10 ms while anything goes on, four times a second while nothing does, so that an idle engine costs nothing. A thread of
 * its own; in an invoked engine whoever invokes.
 */
final class Keeper implements Runnable {
    /** Between two looks while anything goes on. */
    static final long ACTIVE_NS = 10_000_000;

    private static final long IDLE_NS = 250_000_000;

    private final Engine engine;
    private final long parkedWord;
    private final long activeWord;
    private final List<Duty> duties;
    private volatile boolean running = true;
    private volatile @Nullable Thread thread;
    /** A duty failed: the next look is a while off, lest its failure is all that is told. */
    private boolean failed;

    private long lastNs = System.nanoTime();

    Keeper(Engine engine) {
        this.engine = engine;
        parkedWord = engine.region().address() + RegionDescriptor.PARKED_OFFSET;
        activeWord = engine.region().address() + RegionDescriptor.ACTIVE_WORKERS_OFFSET;
        duties = List.of(new Sampling(engine), new Stalls(engine), new Balancer(engine), new Pool(engine));
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (running) {
            look(System.nanoTime());
            LockSupport.parkNanos(this, !failed && anythingGoesOn() ? ACTIVE_NS : IDLE_NS);
            // A listener's interrupt would keep it from parking
            Thread.interrupted();
        }
    }

    /** In an invoked engine, after a lap: looks if the last time is long enough ago. */
    void invoked() {
        long now = System.nanoTime();
        if (now - lastNs >= ACTIVE_NS) {
            look(now);
        }
    }

    private void look(long nowNs) {
        lastNs = nowNs;
        failed = false;
        for (int i = 0; i < duties.size(); i++) {
            try {
                duties.get(i).look(nowNs);
            } catch (Throwable e) {
                failed = true;
                engine.deadLetters().error("keeper", e);
            }
        }
    }

    private boolean anythingGoesOn() {
        // Those that rest are in no set
        long active = -1L >>> Long.SIZE - Mem.getInt(activeWord);
        if ((Mem.getLongVolatile(parkedWord) & active) != active) {
            return true;
        }
        for (int worker = engine.layout().workers(); worker < engine.layout().drainers(); worker++) {
            if (Mem.getIntVolatile(engine.workerBlock(worker) + WorkerDescriptor.ACTIVE_OFFSET) != 0
                    && Mem.getIntVolatile(engine.workerBlock(worker) + WorkerDescriptor.SHARD_OFFSET) >= 0) {
                return true;
            }
        }
        return false;
    }

    void stop() {
        running = false;
        LockSupport.unpark(thread);
    }
}
