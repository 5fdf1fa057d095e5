package org.talaria.internal.engine;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WorkerDescriptor;

/**
 * Moves endpoints from shards that are busy to shards that are not (design section 9): two endpoints that are both busy and share a shard run in turn, however many workers
 * there are. Load is what the looks of a window find: which shard each worker held, and which endpoint ran there.
 *
 * <p>Restrained on purpose: one move a window, only where a worker had time to spare, only for a gain that is a good part of a worker's time, and no endpoint twice within
 * {@link #REST_NS}. Endpoints whose place was asked for (a given shard, a hash, a shard of their own) stay.
 */
final class Balancer implements Duty {
    /** Looks at a window. */
    static final int WINDOW = 50;

    private static final long REST_NS = 10_000_000_000L;
    /** In looks: the shard is that busy, a worker had that much to spare, and the move takes that much off the shard. */
    private static final int LEAST_BUSY = WINDOW / 2;

    private static final int LEAST_SPARE = WINDOW / 5;
    private static final int LEAST_GAIN = WINDOW / 5;
    /** A move that cannot be had at once may be had in the next window. */
    private static final long DEADLINE_NS = 5_000_000;

    private final Engine engine;
    private final boolean on;
    private final int[] held;
    private final Int2IntHashMap ran = new Int2IntHashMap(0);
    /** When an endpoint was moved, by its row. */
    private final Int2ObjectHashMap<Long> movedNs = new Int2ObjectHashMap<>();

    private int looks;
    private int spare;

    Balancer(Engine engine) {
        this.engine = engine;
        on = engine.config().balancing() && engine.layout().workers() > 1;
        held = new int[engine.layout().plan().workerShards()];
    }

    @Override
    public void look(long nowNs) {
        if (!on) {
            return;
        }
        for (int worker = 0; worker < engine.layout().workers(); worker++) {
            sample(engine.workerBlock(worker));
        }
        if (++looks == WINDOW) {
            decide(nowNs);
            looks = 0;
            spare = 0;
            ran.clear();
            Arrays.fill(held, 0);
        }
    }

    private void sample(long block) {
        int shard = Mem.getIntVolatile(block + WorkerDescriptor.SHARD_OFFSET);
        int endpoint = Mem.getIntVolatile(block + WorkerDescriptor.ENDPOINT_OFFSET);
        if (shard < 0) {
            spare++;
            return;
        }
        held[shard]++;
        if (endpoint >= 0) {
            ran.put(endpoint, ran.get(endpoint) + 1);
        }
    }

    private void decide(long nowNs) {
        int from = busiest();
        if (held[from] < LEAST_BUSY || spare < LEAST_SPARE) {
            return;
        }
        int to = idlest(from);
        if (to < 0) {
            return;
        }
        Cell<?> best = null;
        int bestLoad = held[from] - LEAST_GAIN;
        for (Int2IntHashMap.EntryIterator each = ran.entrySet().iterator(); each.hasNext(); ) {
            each.next();
            // What the busier of the two would have to do then
            int load = Math.max(held[from] - each.getIntValue(), held[to] + each.getIntValue());
            if (load <= bestLoad && mayMove(each.getIntKey(), from, nowNs)) {
                best = engine.cellAt(each.getIntKey());
                bestLoad = load;
            }
        }
        if (best != null) {
            move(best, from, to, nowNs);
        }
    }

    private int busiest() {
        int busiest = 0;
        for (int shard = 1; shard < held.length; shard++) {
            busiest = held[shard] > held[busiest] ? shard : busiest;
        }
        return busiest;
    }

    /** Of the busy shard's group; -1 if it has no other. */
    private int idlest(int from) {
        int idlest = -1;
        for (int shard = 0; shard < held.length; shard++) {
            if (shard != from
                    && engine.lifecycle().mayMove(from, shard)
                    && (idlest < 0 || held[shard] < held[idlest])) {
                idlest = shard;
            }
        }
        return idlest;
    }

    private boolean mayMove(int endpoint, int from, long nowNs) {
        Cell<?> cell = engine.cellAt(endpoint);
        Long last = movedNs.get(endpoint);
        return cell != null
                && cell.shard() == from
                && !engine.lifecycle().isPinned(endpoint)
                && (last == null || nowNs - last >= REST_NS);
    }

    private void move(Cell<?> cell, int from, int to, long nowNs) {
        movedNs.values().removeIf(then -> nowNs - then >= REST_NS);
        String why = share(ran.get(cell.index())) + " of the time on shard " + from + ", which was held for "
                + share(held[from]) + "; shard " + to + " for " + share(held[to]);
        if (engine.moves().move(cell, to, DEADLINE_NS, why)) {
            movedNs.put(cell.index(), (Long) nowNs);
        }
    }

    private static String share(int samples) {
        return 100 * samples / WINDOW + " %";
    }
}
