package org.talaria.internal.memory;

/** A worker's block, 256 bytes. */
public final class WorkerDescriptor {
    public static final int BYTES = 256;
    public static final int WAKE_WORD_OFFSET = 0;
    /** 1 = it is, or was, at work: a receiver has no turn log before. */
    public static final int ACTIVE_OFFSET = 4;

    /** When it was woken last, by the waker: the machine's monotonic clock. */
    public static final int WOKEN_NS_OFFSET = 8;

    public static final int POSITION_OFFSET = 64;
    public static final int SHARD_OFFSET = 72;
    public static final int ENDPOINT_OFFSET = 76;
    public static final int TURN_START_NS_OFFSET = 80;
    public static final int STAYED_OFFSET = 88;
    public static final int TURNS_OFFSET = 128;
    public static final int STEALS_OFFSET = 136;
    public static final int PARKS_OFFSET = 144;
    public static final int WAKE_UPS_OFFSET = 152;
    public static final int UP_CALLS_OFFSET = 160;
    public static final int EMPTIES_OFFSET = 168;
    public static final int ACCEPTED_OFFSET = 176;
    public static final int REFUSED_OFFSET = 184;
    public static final int WAKE_COST_NS_OFFSET = 192;
    public static final int HANDLED_OFFSET = 200;

    /** Of {@code stayed}: Java may wait for the next record itself. */
    public static final int MAY_STAY = -1;

    private WorkerDescriptor() {}
}
