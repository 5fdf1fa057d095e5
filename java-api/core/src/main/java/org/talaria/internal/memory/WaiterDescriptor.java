package org.talaria.internal.memory;

/**
 * A waiter's slot, 384 bytes: where a thread's call or ask waits for its reply (R25).
 *
 * <p>One compare-and-set PENDING → WRITING, or PENDING → TIMED_OUT, decides who completes; the writer stores the reply, then sets REPLIED or FAILED
 * (seq_cst), then looks at {@code notify} (seq_cst). The waiter sets {@code notify} (seq_cst) before it looks again and parks: one of the two sees the other.
 *
 * <p>{@code signal} repeats the word behind it, in the line of the reply: a thread that spins looks there, so that it does not take the line of the word from the writer, and
 * has the reply with the same transfer. It may be late, or be overwritten by a late writer of an older generation: then the word says it when the spinning ends.
 */
public final class WaiterDescriptor {
    public static final int BYTES = 384;
    public static final int WORD_OFFSET = 0;
    public static final int NOTIFY_OFFSET = 8;
    public static final int SIGNAL_OFFSET = 64;
    public static final int REASON_OFFSET = 72;
    public static final int SCHEMA_ID_OFFSET = 76;
    public static final int LENGTH_OFFSET = 80;
    public static final int ALLOCATOR_OFFSET = 84;
    public static final int EXTERNAL_OFFSET = 88;
    public static final int INLINE_OFFSET = 96;
    public static final int INLINE_BYTES = 256;

    public static final int FREE = 0;
    public static final int PENDING = 1;
    public static final int WRITING = 2;
    public static final int REPLIED = 3;
    public static final int FAILED = 4;
    public static final int TIMED_OUT = 5;

    public static final int NOTIFY_SPINNING = 0;
    public static final int NOTIFY_PARKED = 1;
    public static final int NOTIFY_STAGE = 2;

    public static final int ALLOCATOR_JAVA = 1;
    public static final int ALLOCATOR_NATIVE = 2;

    private WaiterDescriptor() {}

    /** The word of a generation in a state. */
    public static long word(int generation, int state) {
        return generation & 0xFFFFFFFFL | (long) state << 32;
    }

    /** The state in a word. */
    public static int state(long word) {
        return (int) (word >>> 32) & 0xFF;
    }
}
