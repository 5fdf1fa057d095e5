package org.talaria.internal.memory;

/**
 * The home word of an endpoint (R15): shard in bits 0–31, generation 32–47, state 48–51, policy 52–55, BOUNDED 56, DISPLACES 57.
 *
 * <p>I3: an endpoint has one home. The upper half is compared as a whole by senders: one read tells live from stale.
 */
public final class HomeWord {
    public static final int FREE = 0;
    public static final int LIVE = 1;
    public static final int STOPPED = 2;
    public static final int CLOSED = 3;
    public static final int MAX_GENERATION = 65_534;

    private static final int STATE_SHIFT = 16;
    private static final int POLICY_SHIFT = 20;
    private static final int BOUNDED_BIT = 1 << 24;
    private static final int DISPLACES_BIT = 1 << 25;

    private HomeWord() {}

    /** The upper half of a live endpoint's word. */
    public static int liveHalf(int generation, int policy, boolean bounded, boolean displaces) {
        return generation
                | LIVE << STATE_SHIFT
                | policy << POLICY_SHIFT
                | (bounded ? BOUNDED_BIT : 0)
                | (displaces ? DISPLACES_BIT : 0);
    }

    /** A word of its halves. */
    public static long of(int upperHalf, int shard) {
        return (long) upperHalf << 32 | shard & 0xFFFFFFFFL;
    }

    /** The upper half. */
    public static int half(long home) {
        return (int) (home >>> 32);
    }

    /** The upper half with another state. */
    public static int withState(int half, int state) {
        return half & ~(0xF << STATE_SHIFT) | state << STATE_SHIFT;
    }

    /** The state in an upper half. */
    public static int state(int half) {
        return half >>> STATE_SHIFT & 0xF;
    }

    /** The generation in an upper half. */
    public static int generation(int half) {
        return half & 0xFFFF;
    }

    /** The policy in an upper half: ordinal of {@link org.talaria.BackPressure}. */
    public static int policy(int half) {
        return half >>> POLICY_SHIFT & 0xF;
    }

    /** Whether the mailbox is bounded. */
    public static boolean bounded(int half) {
        return (half & BOUNDED_BIT) != 0;
    }

    /** Whether it is counted how many messages wait: the mailbox is bounded, or some displace older ones. */
    public static boolean counted(int half) {
        return (half & (BOUNDED_BIT | DISPLACES_BIT)) != 0;
    }

    /** Whether messages of any priority displace older ones (DROP_OLDEST). */
    public static boolean displaces(int half) {
        return (half & DISPLACES_BIT) != 0;
    }
}
