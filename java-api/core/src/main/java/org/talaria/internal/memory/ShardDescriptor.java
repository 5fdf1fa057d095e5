package org.talaria.internal.memory;

/** A shard's block, 512 bytes, and its state word on the board. */
public final class ShardDescriptor {
    public static final int BYTES = 512;
    public static final int KIND_OFFSET = 0;
    public static final int LANES_OFFSET = 4;
    public static final int RING_OFFSET_OFFSET = 8;
    public static final int CAPACITY_OFFSET = 16;
    public static final int HOME_WORKER_OFFSET = 20;
    public static final int OVERFLOW_FLAG_OFFSET = 24;
    public static final int UNFENCED_OFFSET = 28;
    public static final int DRAINED_OFFSET = 64;
    public static final int TURN_OFFSET = 72;
    public static final int HANDLED_OFFSET = 80;
    public static final int DEAD_OFFSET = 88;
    public static final int STOLEN_TURNS_OFFSET = 96;
    public static final int JOURNALED_OFFSET = 128;
    public static final int OVERFLOW_LOCK_OFFSET = 192;
    public static final int OVERFLOW_BYTES_OFFSET = 200;
    public static final int OVERFLOW_RECORDS_OFFSET = 208;
    public static final int SPILLED_OFFSET = 216;

    public static final int STATE_IDLE = 0;
    public static final int STATE_READY = 1;
    public static final int STATE_OWNED = 2;

    private ShardDescriptor() {}
}
