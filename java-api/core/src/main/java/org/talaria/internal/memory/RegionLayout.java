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

    private final TalariaConfig config;
    private final int workers;
    private final int shards;
    private final int ringCapacity;
    private final int maxMessageBytes;
    private final int turnLogCapacity;
    private final long[] offsets = new long[SECTIONS + 1];
    private final long[] lengths = new long[SECTIONS];

    /** The layout of a configuration with a number of workers. */
    public RegionLayout(TalariaConfig config, int workers) {
        this.config = config;
        this.workers = workers;
        shards = config.shards() > 0 ? config.shards() : Math.min(1_024, 16 * workers);
        ringCapacity = config.ringCapacityBytes() > 0 ? config.ringCapacityBytes() : defaultCapacity();
        maxMessageBytes = Math.min(
                config.maxMessageBytes(), ringCapacity / 8 - RecordDescriptor.headerBytes(RecordDescriptor.EXTENSIONS));
        turnLogCapacity = config.journal() == null ? RING_MIN : TURN_LOG_CAPACITY;
        place();
    }

    private int defaultCapacity() {
        long share = config.ringMemoryBytes() / shards;
        long power = Long.highestOneBit(Math.max(share, RING_MIN));
        return (int) Math.min(power, DEFAULT_RING_MAX);
    }

    private void place() {
        lengths[RegionDescriptor.SECTION_COUNTERS_METADATA] = COUNTERS * 512L;
        lengths[RegionDescriptor.SECTION_COUNTERS_VALUES] = COUNTERS * 128L;
        lengths[RegionDescriptor.SECTION_ERROR_LOG] = ERROR_LOG_BYTES;
        lengths[RegionDescriptor.SECTION_BOARD] = RingDescriptor.align(shards * 4L, 64);
        lengths[RegionDescriptor.SECTION_WORKERS] = (long) workers * WorkerDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_SENDERS] = (long) SENDER_SLOTS * SenderDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_WAITERS] = (long) config.waiters() * WaiterDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_COMPLETIONS] = COMPLETION_CAPACITY + RingDescriptor.TRAILER_BYTES;
        lengths[RegionDescriptor.SECTION_SHARDS] = (long) shards * ShardDescriptor.BYTES;
        lengths[RegionDescriptor.SECTION_RINGS] = shards * RingDescriptor.strideBytes(ringCapacity);
        lengths[RegionDescriptor.SECTION_TURN_LOGS] = workers * RingDescriptor.strideBytes(turnLogCapacity);
        long offset = RegionDescriptor.HEADER_BYTES;
        for (int i = 0; i < SECTIONS; i++) {
            offsets[i] = offset;
            offset = RingDescriptor.align(offset + lengths[i], PAGE_BYTES);
        }
        offsets[SECTIONS] = offset;
    }

    void writeHeader(long region) {
        Mem.putInt(region + RegionDescriptor.SHARD_COUNT_OFFSET, shards);
        Mem.putInt(region + RegionDescriptor.WORKER_COUNT_OFFSET, workers);
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
        Mem.putInt(region + RegionDescriptor.SPINS_OFFSET, 200);
        Mem.putInt(region + RegionDescriptor.YIELDS_OFFSET, 50);
        Mem.putInt(region + RegionDescriptor.TURN_LOG_CAPACITY_OFFSET, turnLogCapacity);
        Mem.putLong(region + RegionDescriptor.OVERFLOW_SOFT_BYTES_OFFSET, config.overflowHardBytes() / 4);
        Mem.putLong(region + RegionDescriptor.OVERFLOW_HARD_BYTES_OFFSET, config.overflowHardBytes());
        Mem.putLong(region + RegionDescriptor.PARK_NS_OFFSET, 100_000_000L);
        for (int s = 0; s < shards; s++) {
            writeShard(region, s);
        }
    }

    private int flags() {
        Journal journal = config.journal();
        int flags = config.isInvoker() ? RegionDescriptor.FLAG_INVOKER : 0;
        if (journal != null) {
            flags |= RegionDescriptor.FLAG_JOURNALED;
            flags |= journal.mode() == Journal.Mode.WRITE_AHEAD ? RegionDescriptor.FLAG_WRITE_AHEAD : 0;
        }
        return flags;
    }

    private void writeShard(long region, int s) {
        long shard = region + offsets[RegionDescriptor.SECTION_SHARDS] + (long) s * ShardDescriptor.BYTES;
        Mem.putInt(shard + ShardDescriptor.LANES_OFFSET, 1);
        Mem.putLong(shard + ShardDescriptor.RING_OFFSET_OFFSET, ringOffset(s));
        Mem.putInt(shard + ShardDescriptor.CAPACITY_OFFSET, ringCapacity);
        Mem.putInt(shard + ShardDescriptor.HOME_WORKER_OFFSET, s % workers);
    }

    /** Where a shard's ring lies. */
    public long ringOffset(int shard) {
        return offsets[RegionDescriptor.SECTION_RINGS] + shard * RingDescriptor.strideBytes(ringCapacity);
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

    /** Length of the region. */
    public long totalBytes() {
        return offsets[SECTIONS];
    }

    /** Shards. */
    public int shards() {
        return shards;
    }

    /** Workers. */
    public int workers() {
        return workers;
    }

    /** Capacity of a shard's ring. */
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
