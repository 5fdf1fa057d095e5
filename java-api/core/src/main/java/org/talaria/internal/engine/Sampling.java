package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;

/** Finds out what each drainer runs, and how much waits in each lane. */
final class Sampling implements Duty {
    private final Engine engine;

    Sampling(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void look(long nowNs) {
        engine.counters().looked();
        engine.counters().endpoints(engine.lifecycle().living());
        for (int worker = 0; worker < engine.layout().drainers(); worker++) {
            sample(engine.workerBlock(worker));
        }
        ClaimRing[] rings = engine.laneRings();
        for (int lane = 0; lane < rings.length; lane++) {
            depth(lane, rings[lane]);
        }
    }

    private void sample(long block) {
        if (Mem.getIntVolatile(block + WorkerDescriptor.ACTIVE_OFFSET) == 0) {
            return;
        }
        int shard = Mem.getIntVolatile(block + WorkerDescriptor.SHARD_OFFSET);
        int endpoint = Mem.getIntVolatile(block + WorkerDescriptor.ENDPOINT_OFFSET);
        Cell<?> cell = shard < 0 ? null : engine.cellAt(endpoint);
        if (cell != null) {
            engine.samples().found(cell, shard, System.currentTimeMillis());
        }
    }

    private void depth(int lane, @Nullable ClaimRing ring) {
        if (ring == null) {
            // Nobody ever used its shard
            return;
        }
        long block = engine.laneAddress(lane);
        // Before the tail: never behind it
        long drained = Mem.getLongVolatile(block + ShardDescriptor.DRAINED_OFFSET);
        long waiting = ring.tail() - drained;
        if (waiting > Mem.getLong(block + ShardDescriptor.HIGH_WATER_OFFSET)) {
            Mem.putLongOrdered(block + ShardDescriptor.HIGH_WATER_OFFSET, waiting);
        }
    }
}
