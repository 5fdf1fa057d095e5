package org.talaria.internal.ring;

/**
 * Room on the calling thread's stack for what must not end half-way (R11): asked for before a claim, so that a stack that ends does so where nothing is begun. Compiled code alone
 * would not need it; but where that meets what it never met before, the interpreter goes on, whose frames are larger.
 */
public final class StackRoom {
    private static final int FRAMES = 64;

    private StackRoom() {}

    /** Costs some 50 ns: not for each message. @throws StackOverflowError if there is no room */
    public static void check() {
        descend(FRAMES);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
