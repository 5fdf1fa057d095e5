package org.talaria.journal.write;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** Where the journaler finds what it follows in a region. */
final class RegionView {
    private final long region;

    RegionView(long region) {
        this.region = region;
    }

    int intAt(int offset) {
        return Mem.getInt(region + offset);
    }

    long longAt(int offset) {
        return Mem.getLong(region + offset);
    }

    private long section(int section) {
        return region + Mem.getLong(region + RegionDescriptor.SECTIONS_OFFSET + 16L * section);
    }

    long shard(int shard) {
        return section(RegionDescriptor.SECTION_SHARDS) + (long) shard * ShardDescriptor.BYTES;
    }

    long ring(int shard) {
        return region + Mem.getLong(shard(shard) + ShardDescriptor.RING_OFFSET_OFFSET);
    }

    int ringCapacity(int shard) {
        return Mem.getInt(shard(shard) + ShardDescriptor.CAPACITY_OFFSET);
    }

    int shardOf(int ring) {
        return Mem.getInt(shard(ring) + ShardDescriptor.SHARD_OFFSET);
    }

    int priorityOf(int ring) {
        return Mem.getInt(shard(ring) + ShardDescriptor.PRIORITY_OFFSET);
    }

    long turnLog(int worker) {
        return section(RegionDescriptor.SECTION_TURN_LOGS) + worker * RingDescriptor.strideBytes(turnLogCapacity());
    }

    long worker(int worker) {
        return section(RegionDescriptor.SECTION_WORKERS) + (long) worker * WorkerDescriptor.BYTES;
    }

    int turnLogCapacity() {
        return intAt(RegionDescriptor.TURN_LOG_CAPACITY_OFFSET);
    }

    /** Rings: one a lane. */
    int rings() {
        return intAt(RegionDescriptor.LANE_COUNT_OFFSET);
    }

    /** Workers and receivers. */
    int workers() {
        return intAt(RegionDescriptor.WORKER_COUNT_OFFSET) + intAt(RegionDescriptor.RECEIVER_COUNT_OFFSET);
    }
}
