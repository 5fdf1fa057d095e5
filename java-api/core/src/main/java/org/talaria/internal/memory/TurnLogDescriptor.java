package org.talaria.internal.memory;

/** Entries of a worker's turn log; offsets from the payload (record + 8). */
public final class TurnLogDescriptor {
    public static final int TURN = 1;
    public static final int OUTCOME = 2;
    public static final int REPLY = 3;
    public static final int DEAD = 4;
    public static final int MOVED = 5;

    public static final int TURN_SHARD = 0;
    public static final int TURN_WORKER = 4;
    public static final int TURN_NUMBER = 8;
    public static final int TURN_FROM = 16;
    public static final int TURN_TO = 24;
    public static final int TURN_TIME_NS = 32;
    public static final int TURN_BYTES = 40;

    public static final int OUTCOME_SHARD = 0;
    public static final int OUTCOME_CODE = 4;
    public static final int OUTCOME_TURN = 8;
    public static final int OUTCOME_CAUSE_POSITION = 16;
    public static final int OUTCOME_TARGET = 24;
    public static final int OUTCOME_GENERATION = 28;
    public static final int OUTCOME_SCHEMA_ID = 32;
    public static final int OUTCOME_ORDINAL = 36;
    public static final int OUTCOME_BYTES = 40;

    public static final int REPLY_CORRELATION = 0;
    public static final int REPLY_SENDER_ID = 8;
    public static final int REPLY_SEQUENCE = 12;
    public static final int REPLY_CAUSE = 16;
    public static final int REPLY_SCHEMA_ID = 24;
    public static final int REPLY_LENGTH = 28;
    public static final int REPLY_BYTES = 32;

    public static final int DEAD_SHARD = 0;
    public static final int DEAD_REASON = 4;
    public static final int DEAD_TURN = 8;
    public static final int DEAD_POSITION = 16;
    public static final int DEAD_BYTES = 24;

    public static final int MOVED_ENDPOINT = 0;
    public static final int MOVED_GENERATION = 4;
    public static final int MOVED_FROM = 8;
    public static final int MOVED_TO = 12;
    public static final int MOVED_FROM_TURN = 16;
    public static final int MOVED_TO_TURN = 24;
    public static final int MOVED_BYTES = 32;

    private TurnLogDescriptor() {}
}
