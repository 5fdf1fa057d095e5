package org.talaria.journal;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.talaria.Priority;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** A region without an engine: what the journaler reads of one. */
final class FakeRegion {
    final int shards;
    final int workers;
    final int ringCapacity;
    private final int turnLogCapacity;
    private final ByteBuffer memory;
    private final long address;
    private final long shardsAt;
    private final long ringsAt;
    private final long turnLogsAt;
    private final long workersAt;

    FakeRegion(int shards, int workers, int ringCapacity, int turnLogCapacity, int flags) {
        this.shards = shards;
        this.workers = workers;
        this.ringCapacity = ringCapacity;
        this.turnLogCapacity = turnLogCapacity;
        shardsAt = RegionDescriptor.HEADER_BYTES;
        ringsAt = RingDescriptor.align(shardsAt + (long) shards * ShardDescriptor.BYTES, 4096);
        turnLogsAt = ringsAt + shards * RingDescriptor.strideBytes(ringCapacity);
        workersAt = turnLogsAt + workers * RingDescriptor.strideBytes(turnLogCapacity);
        long total = workersAt + (long) workers * WorkerDescriptor.BYTES;
        memory = BufferUtil.allocateDirectAligned((int) total, 4096);
        address = BufferUtil.address(memory);
        header(flags);
    }

    private void header(int flags) {
        Mem.putLong(address, RegionDescriptor.MAGIC);
        Mem.putInt(address + RegionDescriptor.LAYOUT_VERSION_OFFSET, 1);
        Mem.putInt(address + RegionDescriptor.PID_OFFSET, (int)
                ProcessHandle.current().pid());
        Mem.putLong(address + RegionDescriptor.ANCHOR_EPOCH_NS_OFFSET, 1_700_000_000_000_000_000L);
        Mem.putInt(address + RegionDescriptor.SHARD_COUNT_OFFSET, shards);
        Mem.putInt(address + RegionDescriptor.LANE_COUNT_OFFSET, shards);
        Mem.putInt(address + RegionDescriptor.WORKER_COUNT_OFFSET, workers);
        Mem.putInt(address + RegionDescriptor.RING_CAPACITY_OFFSET, ringCapacity);
        Mem.putInt(address + RegionDescriptor.MAX_MESSAGE_BYTES_OFFSET, ringCapacity / 8 - 56);
        Mem.putInt(address + RegionDescriptor.FLAGS_OFFSET, flags | RegionDescriptor.FLAG_JOURNALED);
        Mem.putInt(address + RegionDescriptor.TURN_LOG_CAPACITY_OFFSET, turnLogCapacity);
        section(RegionDescriptor.SECTION_SHARDS, shardsAt);
        section(RegionDescriptor.SECTION_RINGS, ringsAt);
        section(RegionDescriptor.SECTION_TURN_LOGS, turnLogsAt);
        section(RegionDescriptor.SECTION_WORKERS, workersAt);
        for (int worker = 0; worker < workers; worker++) {
            Mem.putInt(
                    address + workersAt + (long) worker * WorkerDescriptor.BYTES + WorkerDescriptor.ACTIVE_OFFSET, 1);
        }
        for (int s = 0; s < shards; s++) {
            Mem.putLong(shard(s) + ShardDescriptor.RING_OFFSET_OFFSET, ring(s) - address);
            Mem.putInt(shard(s) + ShardDescriptor.CAPACITY_OFFSET, ringCapacity);
            Mem.putInt(shard(s) + ShardDescriptor.LANES_OFFSET, 1);
            Mem.putInt(shard(s) + ShardDescriptor.SHARD_OFFSET, s);
            Mem.putInt(shard(s) + ShardDescriptor.PRIORITY_OFFSET, Priority.NORMAL.ordinal());
        }
    }

    private void section(int section, long offset) {
        Mem.putLong(address + RegionDescriptor.SECTIONS_OFFSET + 16L * section, offset);
    }

    long address() {
        return address;
    }

    long shard(int shard) {
        return address + shardsAt + (long) shard * ShardDescriptor.BYTES;
    }

    long ring(int shard) {
        return address + ringsAt + shard * RingDescriptor.strideBytes(ringCapacity);
    }

    long turnLog(int worker) {
        return address + turnLogsAt + worker * RingDescriptor.strideBytes(turnLogCapacity);
    }

    int turnLogCapacity() {
        return turnLogCapacity;
    }
}
