package org.talaria.internal.monitor;

import java.util.ArrayList;
import java.util.List;
import org.talaria.Priority;
import org.talaria.ShardFigures;
import org.talaria.ShardFigures.LaneFigures;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;

/** The figures of shards and lanes, from the region. Rings without memory are not touched. */
final class ShardReader {
    private static final String[] STATES = {"IDLE", "READY", "OWNED", "OWNED+READY"};

    private final long region;
    private final long blocks;
    private final long board;

    ShardReader(long region) {
        this.region = region;
        blocks = section(RegionDescriptor.SECTION_SHARDS);
        board = section(RegionDescriptor.SECTION_BOARD);
    }

    private long section(int section) {
        return region + Mem.getLong(region + RegionDescriptor.SECTIONS_OFFSET + 16L * section);
    }

    private long block(int lane) {
        return blocks + (long) lane * ShardDescriptor.BYTES;
    }

    /** The sum of a word over all lanes. */
    long sum(int offset) {
        long sum = 0;
        for (int lane = 0; lane < Mem.getInt(region + RegionDescriptor.LANE_COUNT_OFFSET); lane++) {
            sum += Mem.getLongVolatile(block(lane) + offset);
        }
        return sum;
    }

    /** Of all shards that have memory. */
    List<ShardFigures> all() {
        List<ShardFigures> all = new ArrayList<>();
        for (int shard = 0; shard < Mem.getInt(region + RegionDescriptor.SHARD_COUNT_OFFSET); shard++) {
            if (Mem.getIntVolatile(block(shard) + ShardDescriptor.LANES_OFFSET) != 0) {
                all.add(shard(shard));
            }
        }
        return all;
    }

    private ShardFigures shard(int shard) {
        long block = block(shard);
        List<LaneFigures> lanes = new ArrayList<>();
        lanes.add(lane(shard));
        for (Priority priority : Priority.values()) {
            int lane = Mem.getInt(block + ShardDescriptor.LANE_OF_OFFSET + 4L * priority.ordinal());
            if (lanes.stream().noneMatch(known -> known.lane() == lane)) {
                lanes.add(lane(lane));
            }
        }
        int state = Mem.getIntVolatile(board + 4L * shard);
        return new ShardFigures(
                shard,
                Mem.getInt(block + ShardDescriptor.KIND_OFFSET) == ShardDescriptor.KIND_RECEIVER,
                Mem.getInt(block + ShardDescriptor.HOME_WORKER_OFFSET),
                STATES[state & 3],
                Mem.getLongVolatile(block + ShardDescriptor.TURN_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.STOLEN_TURNS_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.MOVED_IN_OFFSET),
                lanes);
    }

    private LaneFigures lane(int lane) {
        long block = block(lane);
        long ring = region + Mem.getLong(block + ShardDescriptor.RING_OFFSET_OFFSET);
        int capacity = Mem.getInt(block + ShardDescriptor.CAPACITY_OFFSET);
        // Before the tail: never behind it
        long drained = Mem.getLongVolatile(block + ShardDescriptor.DRAINED_OFFSET);
        long depth = Mem.getLongVolatile(ring + capacity + RingDescriptor.TAIL_OFFSET) - drained;
        boolean open = depth > 0 && Mem.getIntVolatile(ring + (drained & (capacity - 1))) < 0;
        return new LaneFigures(
                lane,
                Priority.values()[Mem.getInt(block + ShardDescriptor.PRIORITY_OFFSET) & 3],
                Math.max(0, depth),
                Mem.getLongVolatile(block + ShardDescriptor.HIGH_WATER_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.OVERFLOW_BYTES_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.OVERFLOW_RECORDS_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.HANDLED_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.DEAD_OFFSET),
                Mem.getLongVolatile(block + ShardDescriptor.SPILLED_OFFSET),
                open);
    }
}
