package org.talaria.internal.memory;

/** A row of the endpoint table, 128 bytes: line 0 for control and senders, line 1 for the drainer. */
public final class EndpointDescriptor {
    public static final int BYTES = 128;
    public static final int HOME_OFFSET = 0;
    public static final int KIND_OFFSET = 8;
    public static final int CAPACITY_OFFSET = 12;
    public static final int SENDER_ID_OFFSET = 16;
    /** The policy of each priority, four bits each. */
    public static final int POLICIES_OFFSET = 20;

    public static final int SENT_OFFSET = 24;
    public static final int INSTANCE_OFFSET = 32;
    /** Of DROP_OLDEST: messages sent in the lane of each priority, i32 each. */
    public static final int LANE_SENT_OFFSET = 40;

    /** Of DROP_OLDEST: messages that senders found no room for in the ring. */
    public static final int SKIP_OFFSET = 56;

    /** Its slot among the samples, 0 = none: in the line that a drainer reads for each run anyway. */
    public static final int SLOT_OFFSET = 60;

    public static final int DONE_OFFSET = 64;
    public static final int SEQUENCE_OFFSET = 72;
    public static final int LANE_DONE_OFFSET = 80;
    public static final int SKIPPED_OFFSET = 96;
    public static final int CHUNK_ROWS = 4_096;

    public static final int KIND_FREE = 0;
    public static final int KIND_JAVA = 1;
    public static final int KIND_NATIVE = 2;

    private EndpointDescriptor() {}
}
