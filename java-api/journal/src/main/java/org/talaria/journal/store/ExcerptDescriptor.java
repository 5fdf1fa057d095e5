package org.talaria.journal.store;

/**
 * One excerpt of a journal: a header of 48 bytes, then the body. All integers are little-endian.
 *
 * <pre>
 *   0               4               8               12      14      16
 *   +---------------+---------------+---------------+-------+-------+
 *   | magic "TALJ"  | kind          | epoch         | shard | lane  |
 *   +---------------+---------------+---------------+-------+-------+
 *   16                              24                              32
 *   +-------------------------------+-------------------------------+
 *   | number in its segment         | from                          |
 *   +-------------------------------+-------------------------------+
 *   32                              40              44              48
 *   +-------------------------------+---------------+---------------+----
 *   | to                            | body length   | CRC-32C       | body
 *   +-------------------------------+---------------+---------------+----
 * </pre>
 *
 * <p>The checksum covers bytes 0 … 43 and the body. {@code shard} is the worker in excerpts of kind {@link #TURNS}; {@code from} and {@code to} are
 * ring positions, of a shard's ring in a {@link #BLOCK}, of the worker's turn log in {@link #TURNS}.
 */
public final class ExcerptDescriptor {
    /** The bytes {@code TALJ}. */
    public static final int MAGIC = 0x4A4C4154;

    /** First excerpt of every segment: the epoch and its configuration. */
    public static final int START = 1;

    /** Schemas, in order of registration. */
    public static final int SCHEMAS = 2;

    /** Life cycle of endpoints and senders. */
    public static final int ENTRIES = 3;

    /** Raw records of one shard, as they lay in its ring. */
    public static final int BLOCK = 4;

    /** Raw entries of one worker's turn log. */
    public static final int TURNS = 5;

    /** Segments that retention is about to delete. */
    public static final int RETIRED = 6;

    /** The engine closed; nothing of the epoch follows. Of each shard: i64 end of its journaled records, i64 records that the drainers counted. */
    public static final int END = 7;

    public static final int MAGIC_OFFSET = 0;
    public static final int KIND_OFFSET = 4;
    public static final int EPOCH_OFFSET = 8;
    public static final int SHARD_OFFSET = 12;
    public static final int LANE_OFFSET = 14;
    public static final int NUMBER_OFFSET = 16;
    public static final int FROM_OFFSET = 24;
    public static final int TO_OFFSET = 32;
    public static final int LENGTH_OFFSET = 40;
    public static final int CRC_OFFSET = 44;
    public static final int HEADER_BYTES = 48;

    /** No body is larger; a reader takes a longer one for damage. */
    public static final int MAX_BODY_BYTES = 256 << 20;

    /** Version of this format. */
    public static final int FORMAT_VERSION = 2;

    private ExcerptDescriptor() {}

    /** The name of a kind, for messages to a person. */
    public static String name(int kind) {
        return switch (kind) {
            case START -> "START";
            case SCHEMAS -> "SCHEMAS";
            case ENTRIES -> "ENTRIES";
            case BLOCK -> "BLOCK";
            case TURNS -> "TURNS";
            case RETIRED -> "RETIRED";
            case END -> "END";
            default -> "kind " + kind;
        };
    }
}
