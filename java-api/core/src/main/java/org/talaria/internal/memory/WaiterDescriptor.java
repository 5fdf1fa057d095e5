package org.talaria.internal.memory;

/**
 * A waiter's slot, 384 bytes: where a thread's call or ask waits for its reply (R25).
 *
 * <p>{@code word} decides: it is OPEN with the generation that may be completed next. One compare-and-set, OPEN(g) → WRITING(g) by who completes or OPEN(g) →
 * OPEN(g + 1) by who gives up, decides between them. Nothing is stored here to register: generation g is open since g − 1 ended, and its correlation is not known to
 * anybody before the request is sent. So the line stays with those who complete.
 *
 * <p>{@code signal} tells, in the line of the reply: the writer stores the reply, then OPEN(g + 1), then the signal with generation and result (release), then looks at
 * {@code notify} behind a full fence. The waiter spins on the signal; it sets {@code notify} (seq_cst) before it looks at the signal again and parks: one of the two sees the
 * other. Who lost the compare-and-set waits for the signal before it goes on to the next generation, so a signal is never late for another.
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

    /** Of the word: the generation may be completed. */
    public static final int OPEN = 0;

    /** Of the word: it is being completed. */
    public static final int WRITING = 1;

    /** Of the signal. */
    public static final int REPLIED = 3;

    /** Of the signal: the reason tells why, and a text in the place of the reply what more there is to say. */
    public static final int FAILED = 4;

    public static final int NOTIFY_SPINNING = 0;
    public static final int NOTIFY_PARKED = 1;
    public static final int NOTIFY_STAGE = 2;

    public static final int ALLOCATOR_JAVA = 1;
    public static final int ALLOCATOR_NATIVE = 2;

    private WaiterDescriptor() {}

    /** The word, or the signal, of a generation in a state. */
    public static long word(int generation, int state) {
        return generation & 0xFFFFFFFFL | (long) state << 32;
    }

    /** The state in a word, or a signal. */
    public static int state(long word) {
        return (int) (word >>> 32) & 0xFF;
    }
}
