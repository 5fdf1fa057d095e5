package org.talaria.internal.memory;

/** The block of a lane, 512 bytes, that of its first lane being the shard's as well; and the shard's state word on the board. */
public final class ShardDescriptor {
    public static final int BYTES = 512;
    public static final int KIND_OFFSET = 0;
    public static final int LANES_OFFSET = 4;
    public static final int RING_OFFSET_OFFSET = 8;
    public static final int CAPACITY_OFFSET = 16;
    public static final int HOME_WORKER_OFFSET = 20;
    public static final int OVERFLOW_FLAG_OFFSET = 24;
    public static final int UNFENCED_OFFSET = 28;
    /** The lane of each priority, i32 each. */
    public static final int LANE_OF_OFFSET = 32;

    public static final int SHARD_OFFSET = 48;
    public static final int PRIORITY_OFFSET = 52;
    public static final int DRAINED_OFFSET = 64;
    public static final int TURN_OFFSET = 72;
    public static final int HANDLED_OFFSET = 80;
    public static final int DEAD_OFFSET = 88;
    public static final int STOLEN_TURNS_OFFSET = 96;
    public static final int MOVED_IN_OFFSET = 104;
    public static final int JOURNALED_OFFSET = 128;
    public static final int OVERFLOW_LOCK_OFFSET = 192;
    public static final int OVERFLOW_BYTES_OFFSET = 200;
    public static final int OVERFLOW_RECORDS_OFFSET = 208;
    public static final int SPILLED_OFFSET = 216;
    /** Most bytes that were seen to wait in the lane's ring; the keeper's line. */
    public static final int HIGH_WATER_OFFSET = 256;

    public static final int KIND_WORKER = 0;
    public static final int KIND_RECEIVER = 1;

    public static final int STATE_IDLE = 0;
    public static final int STATE_READY = 1;
    public static final int STATE_OWNED = 2;

    private ShardDescriptor() {}
}
