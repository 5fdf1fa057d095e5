package org.talaria.internal.memory;

/** The region header; {@code docs/layout.md}. Offsets from the start of the region. */
public final class RegionDescriptor {
    /** The bytes {@code TALARIA1}. */
    public static final long MAGIC = 0x31414952414C4154L;

    public static final int LAYOUT_VERSION = 1;
    public static final int HEADER_BYTES = 4_096;
    public static final int PAGE_BYTES = 4_096;

    public static final int MAGIC_OFFSET = 0;
    public static final int LAYOUT_VERSION_OFFSET = 8;
    public static final int PID_OFFSET = 12;
    public static final int LAYOUT_HASH_OFFSET = 16;
    public static final int START_TIME_MS_OFFSET = 24;
    public static final int ANCHOR_EPOCH_NS_OFFSET = 32;
    public static final int ANCHOR_NANO_TIME_OFFSET = 40;
    public static final int SHARD_COUNT_OFFSET = 48;
    public static final int WORKER_COUNT_OFFSET = 52;
    public static final int RING_CAPACITY_OFFSET = 56;
    public static final int MAX_MESSAGE_BYTES_OFFSET = 60;
    public static final int MAX_ENDPOINTS_OFFSET = 64;
    public static final int WAITER_SLOTS_OFFSET = 68;
    public static final int SENDER_SLOTS_OFFSET = 72;
    public static final int FLAGS_OFFSET = 76;
    public static final int BATCH_RECORDS_OFFSET = 80;
    public static final int BLOCK_BYTES_OFFSET = 84;
    public static final int PATIENCE_NS_OFFSET = 88;
    public static final int SPINS_OFFSET = 92;
    public static final int YIELDS_OFFSET = 96;
    public static final int TURN_LOG_CAPACITY_OFFSET = 100;
    public static final int OVERFLOW_SOFT_BYTES_OFFSET = 104;
    public static final int OVERFLOW_HARD_BYTES_OFFSET = 112;
    public static final int PARK_NS_OFFSET = 120;
    public static final int CLOCK_OFFSET_NS_OFFSET = 128;
    public static final int LANE_COUNT_OFFSET = 136;
    public static final int LOWER_EVERY_OFFSET = 140;
    public static final int SCAN_SHARDS_OFFSET = 144;
    public static final int RECEIVER_COUNT_OFFSET = 148;
    public static final int ADAPTIVE_OFFSET = 152;
    public static final int SECTIONS_OFFSET = 256;
    public static final int ENGINE_STATE_OFFSET = 1_024;
    /** Of the request to move an endpoint (R19), in the line of the engine's state: whoever looks at one has the other. */
    public static final int MOVE_STATE_OFFSET = 1_028;

    public static final int MOVE_ENDPOINT_OFFSET = 1_032;
    public static final int MOVE_GENERATION_OFFSET = 1_036;
    public static final int MOVE_FROM_OFFSET = 1_040;
    public static final int MOVE_TO_OFFSET = 1_044;
    public static final int MOVE_UNTIL_NS_OFFSET = 1_048;
    /** Moves begun in the upper half, in progress in the lower (MOVE-1). */
    public static final int MOVES_OFFSET = 1_056;

    /** Workers below this number drain; the others rest. */
    public static final int ACTIVE_WORKERS_OFFSET = 1_064;

    public static final int PARKED_OFFSET = 1_088;
    public static final int COMPLETION_WORD_OFFSET = 1_152;
    public static final int COMPLETER_PARKED_OFFSET = 1_156;
    public static final int COMPLETIONS_LOST_OFFSET = 1_160;
    public static final int NEXT_SENDER_ID_OFFSET = 1_216;

    public static final int FLAG_JOURNALED = 1;
    public static final int FLAG_WRITE_AHEAD = 2;
    public static final int FLAG_INVOKER = 4;
    public static final int FLAG_NO_STEALING = 8;

    public static final int STATE_OPENING = 0;
    public static final int STATE_RUNNING = 1;
    public static final int STATE_DRAINING = 2;
    public static final int STATE_STOPPING = 3;
    public static final int STATE_CLOSED = 4;

    public static final int MOVE_NONE = 0;
    public static final int MOVE_ASKED = 1;
    public static final int MOVE_MOVING = 2;
    public static final int MOVE_MOVED = 3;
    public static final int MOVE_REFUSED = 4;

    public static final int SECTION_COUNTERS_METADATA = 0;
    public static final int SECTION_COUNTERS_VALUES = 1;
    public static final int SECTION_ERROR_LOG = 2;
    public static final int SECTION_BOARD = 3;
    public static final int SECTION_WORKERS = 4;
    public static final int SECTION_SENDERS = 5;
    public static final int SECTION_WAITERS = 6;
    public static final int SECTION_COMPLETIONS = 7;
    public static final int SECTION_SHARDS = 8;
    public static final int SECTION_RINGS = 9;
    public static final int SECTION_TURN_LOGS = 10;
    public static final int SECTION_SPARE_RINGS = 11;
    public static final int SECTION_SAMPLES = 12;
    public static final int SECTION_JOINS = 13;
    public static final int SECTIONS = 14;

    private RegionDescriptor() {}
}
