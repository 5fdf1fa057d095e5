package org.talaria.internal.memory;

/**
 * A join's slot, 128 bytes: how many records of a fork are not done yet.
 *
 * <p>{@code word} is the slot's generation, written before the first record with it. {@code remaining} is set to the number of records before the first is claimed; each
 * record takes one off, when it is handled or dead, by whoever drains it, in a batch with its like. Who brings it to 0 ends the join: Java at once; native code posts it to the
 * completer where {@code notify} asks for that. Who waits sets {@code notify} (seq_cst) and then looks at {@code remaining} once more, who takes off does so (seq_cst) and then
 * looks at {@code notify}: one of the two sees the other. The slot is the next generation's when the join has ended.
 */
public final class JoinDescriptor {
    public static final int BYTES = 128;
    public static final int WORD_OFFSET = 0;
    public static final int NOTIFY_OFFSET = 8;
    public static final int REMAINING_OFFSET = 64;
    public static final int DEAD_OFFSET = 72;

    public static final int NOTIFY_NOBODY = 0;

    /** Somebody waits, or is to be told: the completer sees to it. */
    public static final int NOTIFY_COMPLETER = 1;

    private JoinDescriptor() {}
}
