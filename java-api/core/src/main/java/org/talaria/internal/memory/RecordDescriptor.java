package org.talaria.internal.memory;

/**
 * One message in a ring. Offsets from the start of the record.
 *
 * <pre>
 *   0               4               8               12      14      16              20              24
 *   +---------------+---------------+---------------+-------+-------+---------------+---------------+------------
 *   | length        | type          | target index  | gen.  | flags | sender id     | sequence      | ext payload
 *   +---------------+---------------+---------------+-------+-------+---------------+---------------+------------
 * </pre>
 */
public final class RecordDescriptor {
    public static final int LENGTH_OFFSET = 0;
    public static final int TYPE_OFFSET = 4;
    public static final int TARGET_OFFSET = 8;
    public static final int GENERATION_OFFSET = 12;
    public static final int FLAGS_OFFSET = 14;
    public static final int SENDER_OFFSET = 16;
    public static final int SEQUENCE_OFFSET = 20;
    public static final int HEADER_BYTES = 24;

    public static final int FLAG_CORRELATION = 1;
    public static final int FLAG_REPLY_TO = 2;
    public static final int FLAG_CAUSE = 4;
    public static final int FLAG_TRACE = 8;
    public static final int FLAG_WAITER = 16;
    public static final int FLAG_REPLY = 32;
    public static final int FLAG_FAILURE = 64;
    public static final int FLAG_BY_REFERENCE = 128;
    public static final int FLAG_RAW = 256;
    /** The time is in an extension word from which on the record is not handled any more. */
    public static final int FLAG_EXPIRES = 512;
    /** The CORRELATION word names a join, which is told when the record is handled or dead; nobody waits for a reply. */
    public static final int FLAG_JOIN = 1_024;

    public static final int EXTENSIONS = 15 | FLAG_EXPIRES;

    public static final int CONTROL_START = 1;
    public static final int CONTROL_STOP = 2;
    public static final int CONTROL_BY_REFERENCE = 3;
    public static final int CONTROL_TIMEOUT = 4;
    /** A record whose payload could not be written: a dead letter. */
    public static final int CONTROL_ABANDONED = 5;

    /** There will be no reply: a handler's ask fails with the reason in the payload (i32). */
    public static final int CONTROL_FAILURE = 6;

    public static final int FIRST_MESSAGE_TYPE = 1_024;

    private RecordDescriptor() {}

    /** Bytes before the payload. */
    public static int headerBytes(int flags) {
        return HEADER_BYTES + 8 * Integer.bitCount(flags & EXTENSIONS);
    }

    /** Offset of an extension word; it must be there. */
    public static int extensionOffset(int flags, int extension) {
        return HEADER_BYTES + 8 * Integer.bitCount(flags & EXTENSIONS & extension - 1);
    }

    /** Target index, generation and flags as the one int64 at {@link #TARGET_OFFSET} (little-endian, as all of the region). */
    public static long targetWord(long address, int flags) {
        return address | (long) flags << 48;
    }

    /** Length and type as the one int64 at {@link #LENGTH_OFFSET}. */
    public static long lengthWord(int length, int type) {
        return length & 0xFFFFFFFFL | (long) type << 32;
    }

    /** Sender id and sequence as the one int64 at {@link #SENDER_OFFSET}. */
    public static long senderWord(int senderId, int sequence) {
        return senderId & 0xFFFFFFFFL | (long) sequence << 32;
    }

    /** Generation and flags as the one int at {@link #GENERATION_OFFSET}. */
    public static int generationAndFlags(int generation, int flags) {
        return generation & 0xFFFF | flags << 16;
    }

    /** The flags of a record. */
    public static int flags(long record) {
        return Mem.getShort(record + FLAGS_OFFSET) & 0xFFFF;
    }

    /** The generation of a record's target. */
    public static int generation(long record) {
        return Mem.getShort(record + GENERATION_OFFSET) & 0xFFFF;
    }

    /** A record's id: sender id in bits 32–63, sequence in bits 0–31. */
    public static long id(long record) {
        return (long) Mem.getInt(record + SENDER_OFFSET) << 32 | Mem.getInt(record + SEQUENCE_OFFSET) & 0xFFFFFFFFL;
    }
}
