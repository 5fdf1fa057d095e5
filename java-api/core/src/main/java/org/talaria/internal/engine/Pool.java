package org.talaria.internal.engine;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;

/**
 * Has as many workers active as there is work for: one more where none has been parked for some looks and a shard waits, one less where one was to spare at nearly all looks of a second.
 * Workers above the number rest ({@code Worker::retire}); their home shards are spread over the others.
 */
final class Pool implements Duty {
    /** So many looks in a row without a parked worker, and with a shard that waits. */
    private static final int GROWS_AFTER = 3;

    private static final long SHRINKS_AFTER_NS = 1_000_000_000;
    /** Of the looks of that time so many may find all busy. */
    private static final int FEW = 2;

    private final Engine engine;
    private final long activeWord;
    private final long parkedWord;
    private final int least;
    private final int most;
    private int saturated;
    private int busyLooks;
    private long spareSinceNs;

    Pool(Engine engine) {
        this.engine = engine;
        activeWord = engine.region().address() + RegionDescriptor.ACTIVE_WORKERS_OFFSET;
        parkedWord = engine.region().address() + RegionDescriptor.PARKED_OFFSET;
        least = Mem.getInt(activeWord);
        most = engine.layout().workers();
        spareSinceNs = System.nanoTime();
        engine.counters().activeWorkers(least);
    }

    @Override
    public void look(long nowNs) {
        if (least == most) {
            return;
        }
        int active = Mem.getInt(activeWord);
        long parked = Mem.getLongVolatile(parkedWord) & (1L << active) - 1;
        if (parked == 0) {
            busyLooks++;
            saturated = engine.board().anyReady() ? saturated + 1 : 0;
        } else {
            saturated = 0;
        }
        if (saturated >= GROWS_AFTER && active < most) {
            // First the number, then the wake word: pairs with Worker::retire
            change(active + 1, nowNs);
            engine.unpark(active);
        } else if (busyLooks > FEW) {
            spareSince(nowNs);
        } else if (nowNs - spareSinceNs >= SHRINKS_AFTER_NS && active > least) {
            change(active - 1, nowNs);
            // Parked it would be woken for work that others do
            engine.unpark(active - 1);
        }
    }

    private void change(int active, long nowNs) {
        Mem.putIntVolatile(activeWord, active);
        engine.counters().activeWorkers(active);
        saturated = 0;
        spareSince(nowNs);
    }

    private void spareSince(long nowNs) {
        busyLooks = 0;
        spareSinceNs = nowNs;
    }
}
