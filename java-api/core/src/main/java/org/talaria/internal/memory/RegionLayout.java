package org.talaria.internal.memory;

import static org.talaria.internal.memory.RegionDescriptor.PAGE_BYTES;
import static org.talaria.internal.memory.RegionDescriptor.SECTIONS;

import org.talaria.TalariaConfig;
import org.talaria.journal.Journal;

/** Sizes and places of a region's sections, from a configuration. */
public final class RegionLayout {
    /** Bytes of the completion ring's data. */
    public static final int COMPLETION_CAPACITY = 64 << 10;

    private static final int COUNTERS = 1_024;
    private static final int ERROR_LOG_BYTES = 1 << 20;
    private static final int SENDER_SLOTS = 4_096;
    private static final int TURN_LOG_CAPACITY = 1 << 20;
    private static final int DEFAULT_RING_MAX = 1 << 20;
    private static final int RING_MIN = 64 << 10;
    /** In which order they lie: what is read after the end, and by other processes, in front of the rings, whose memory is given back. */
    private static final int[] ORDER = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, RegionDescriptor.SECTION_SAMPLES, RegionDescriptor.SECTION_JOINS, 9, 10, 11
    };

    private final TalariaConfig config;
    private final int workers;
    private final ShardPlan plan;
    private final LanePlan lanes;
    private final int ringCapacity;
    private final int maxMessageBytes;
    private final int turnLogCapacity;
    private final long[] offsets = new long[SECTIONS + 1];
    private final long[] lengths = new long[SECTIONS];

    /** The layout of a configuration with a number of workers. */
    public RegionLayout(TalariaConfig config, int workers) {
        this.config = config;
        this.workers = workers;
        plan = new ShardPlan(config, workers);
        lanes = plan.lanes(config.lanes());
        ringCapacity = config.ringCapacityBytes() > 0 ? config.ringCapacityBytes() : defaultCapacity();
        maxMessageBytes = Math.min(
                config.maxMessageBytes(), ringCapacity / 8 - RecordDescriptor.headerBytes(RecordDescriptor.EXTENSIONS));
        turnLogCapacity = config.journal() == null ? RING_MIN : TURN_LOG_CAPACITY;
        place();
    }

    private int defaultCapacity() {
        long share = config.ringMemoryBytes() / ((long) plan.own() * config.lanes());
        long power = Long.highestOneBit(Math.max(share, RING_MIN));
        return (int) Math.min(power, DEFAULT_RING_MAX);
    }

    private void place() {
        lengths[RegionDescriptor.SECTION_COUNTERS_METADATA] = COUNTERS * 512L;
        lengths[RegionDescriptor.SECTION_COUNTERS_VALUES] = COUNTERS * 128L;
        lengths[RegionDescriptor.SECTION_ERROR_LOG] = ERROR_LOG_BYTES;
        lengths[RegionDescriptor.SECTION_BOARD] = RingDescriptor.align(shards() * 4L, 64);
        lengths[RegionDescriptor.SECTION_WORKERS] = (long) drainers() * WorkerDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_SENDERS] = (long) SENDER_SLOTS * SenderDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_WAITERS] = (long) config.waiters() * WaiterDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_COMPLETIONS] = COMPLETION_CAPACITY + RingDescriptor.TRAILER_BYTES;
        lengths[RegionDescriptor.SECTION_SHARDS] = (long) lanes.lanes() * ShardDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_SAMPLES] = (long) SampleDescriptor.SLOTS * SampleDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_RINGS] = ownLanes() * RingDescriptor.strideBytes(ringCapacity);
        lengths[RegionDescriptor.SECTION_TURN_LOGS] = drainers() * RingDescriptor.strideBytes(turnLogCapacity);
        lengths[RegionDescriptor.SECTION_SPARE_RINGS] =
                (lanes.lanes() - ownLanes()) * RingDescriptor.strideBytes(ringCapacity);
        lengths[RegionDescriptor.SECTION_JOINS] = (long) config.joins() * JoinDescriptor.BYTES;
        long offset = RegionDescriptor.HEADER_BYTES;
        for (int i : ORDER) {
            offsets[i] = offset;
            offset = RingDescriptor.align(offset + lengths[i], PAGE_BYTES);
        }
        offsets[SECTIONS] = offset;
    }

    void writeHeader(long region) {
        Mem.putInt(region + RegionDescriptor.SHARD_COUNT_OFFSET, shards());
        Mem.putInt(region + RegionDescriptor.SCAN_SHARDS_OFFSET, plan.own());
        Mem.putInt(region + RegionDescriptor.RECEIVER_COUNT_OFFSET, plan.receiverShards());
        Mem.putInt(region + RegionDescriptor.LANE_COUNT_OFFSET, lanes.lanes());
        Mem.putInt(region + RegionDescriptor.LOWER_EVERY_OFFSET, config.lowerLaneEvery());
        Mem.putInt(region + RegionDescriptor.WORKER_COUNT_OFFSET, workers);
        int least = config.leastWorkers();
        Mem.putInt(region + RegionDescriptor.ACTIVE_WORKERS_OFFSET, least == 0 ? workers : Math.min(workers, least));
        Mem.putInt(region + RegionDescriptor.RING_CAPACITY_OFFSET, ringCapacity);
        Mem.putInt(region + RegionDescriptor.MAX_MESSAGE_BYTES_OFFSET, maxMessageBytes);
        Mem.putInt(region + RegionDescriptor.MAX_ENDPOINTS_OFFSET, config.maxEndpoints());
        Mem.putInt(region + RegionDescriptor.WAITER_SLOTS_OFFSET, config.waiters());
        Mem.putInt(region + RegionDescriptor.SENDER_SLOTS_OFFSET, SENDER_SLOTS);
        Mem.putInt(region + RegionDescriptor.FLAGS_OFFSET, flags());
        Mem.putInt(region + RegionDescriptor.BATCH_RECORDS_OFFSET, config.batchRecords());
        Mem.putInt(region + RegionDescriptor.BLOCK_BYTES_OFFSET, config.blockBytes());
        Mem.putInt(region + RegionDescriptor.PATIENCE_NS_OFFSET, (int)
                config.patience().toNanos());
        Mem.putInt(region + RegionDescriptor.SPINS_OFFSET, config.idle().maxSpins());
        Mem.putInt(region + RegionDescriptor.YIELDS_OFFSET, config.idle().maxYields());
        Mem.putInt(region + RegionDescriptor.TURN_LOG_CAPACITY_OFFSET, turnLogCapacity);
        Mem.putLong(region + RegionDescriptor.OVERFLOW_SOFT_BYTES_OFFSET, config.overflowHardBytes() / 4);
        Mem.putLong(region + RegionDescriptor.OVERFLOW_HARD_BYTES_OFFSET, config.overflowHardBytes());
        Mem.putLong(
                region + RegionDescriptor.PARK_NS_OFFSET,
                config.idle().longestPark().toNanos());
        Mem.putInt(region + RegionDescriptor.ADAPTIVE_OFFSET, config.idle().isAdaptive() ? 1 : 0);
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            writeLane(region, lane);
        }
    }

    private int flags() {
        Journal journal = config.journal();
        int flags = config.isInvoker() ? RegionDescriptor.FLAG_INVOKER : 0;
        flags |= config.stealing() ? 0 : RegionDescriptor.FLAG_NO_STEALING;
        if (journal != null) {
            flags |= RegionDescriptor.FLAG_JOURNALED;
            flags |= journal.mode() == Journal.Mode.WRITE_AHEAD ? RegionDescriptor.FLAG_WRITE_AHEAD : 0;
        }
        return flags;
    }

    private void writeLane(long region, int lane) {
        long block = region + offsets[RegionDescriptor.SECTION_SHARDS] + (long) lane * ShardDescriptor.BYTES;
        int shard = lanes.shardOf(lane);
        boolean receiver = shard >= plan.workerShards();
        Mem.putInt(
                block + ShardDescriptor.KIND_OFFSET,
                receiver ? ShardDescriptor.KIND_RECEIVER : ShardDescriptor.KIND_WORKER);
        Mem.putInt(block + ShardDescriptor.SHARD_OFFSET, shard);
        Mem.putInt(block + ShardDescriptor.PRIORITY_OFFSET, lanes.priorityOf(lane));
        Mem.putLong(block + ShardDescriptor.RING_OFFSET_OFFSET, ringOffset(lane));
        Mem.putInt(block + ShardDescriptor.CAPACITY_OFFSET, ringCapacity);
        Mem.putInt(block + ShardDescriptor.HOME_WORKER_OFFSET, receiver ? -1 : shard % workers);
        for (int priority = 0; priority < LanePlan.PRIORITIES; priority++) {
            Mem.putInt(block + ShardDescriptor.LANE_OF_OFFSET + 4L * priority, lanes.laneOf(shard, priority));
        }
        if (shard < plan.own()) {
            Mem.putInt(block + ShardDescriptor.LANES_OFFSET, lanes.lanesOf(shard));
        }
    }

    /** Lanes of the engine's own shards: they have memory from the start. */
    private int ownLanes() {
        return plan.own() * config.lanes();
    }

    /** Whether a lane's ring has memory from the start. */
    public boolean own(int lane) {
        return lanes.shardOf(lane) < plan.own();
    }

    /** Number of a lane's ring among its section's: in the order of lanes. */
    private int ringNumber(int lane) {
        int number = 0;
        for (int other = 0; other < lane; other++) {
            number += own(other) == own(lane) ? 1 : 0;
        }
        return number;
    }

    /** Where a lane's ring lies. */
    public long ringOffset(int lane) {
        int section = own(lane) ? RegionDescriptor.SECTION_RINGS : RegionDescriptor.SECTION_SPARE_RINGS;
        return offsets[section] + ringNumber(lane) * RingDescriptor.strideBytes(ringCapacity);
    }

    /** Where a worker's turn log lies. */
    public long turnLogOffset(int worker) {
        return offsets[RegionDescriptor.SECTION_TURN_LOGS] + worker * RingDescriptor.strideBytes(turnLogCapacity);
    }

    /** Where a section lies. */
    public long offset(int section) {
        return offsets[section];
    }

    /** Length of a section. */
    public long length(int section) {
        return lengths[section];
    }

    /** Where that begins which has no memory at the start: turn logs of receivers, and rings of shards set apart. */
    public long spareOffset() {
        return turnLogOffset(workers);
    }

    /** Length of the region. */
    public long totalBytes() {
        return offsets[SECTIONS];
    }

    /** Which shards there are. */
    public ShardPlan plan() {
        return plan;
    }

    /** Workers and receivers: whoever has a block, and a turn log. */
    public int drainers() {
        return workers + plan.receiverShards();
    }

    /** Shards. */
    public int shards() {
        return lanes.shards();
    }

    /** Their lanes. */
    public LanePlan lanes() {
        return lanes;
    }

    /** Workers. */
    public int workers() {
        return workers;
    }

    /** Capacity of a lane's ring. */
    public int ringCapacity() {
        return ringCapacity;
    }

    /** Capacity of a turn log. */
    public int turnLogCapacity() {
        return turnLogCapacity;
    }

    /** Largest payload: the configured one, or what an eighth of a ring holds. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Sender slots. */
    public int senderSlots() {
        return SENDER_SLOTS;
    }

    /** Rows of the endpoint table. */
    public int maxEndpoints() {
        return config.maxEndpoints();
    }
}
