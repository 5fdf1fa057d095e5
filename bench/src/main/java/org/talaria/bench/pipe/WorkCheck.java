package org.talaria.bench.pipe;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Verifies a race with work. A token goes where its digest says, each place looks whether it is the one, and the digest at the end tells whether every hop was made, once,
 * with its work. A place writes only what is its own: the check moves no cache line between threads.
 */
public final class WorkCheck {
    private final long[] digests;
    private final Work work;
    private volatile boolean wrong;
    private volatile CountDownLatch arrived = new CountDownLatch(0);

    /** Of so many tokens. */
    WorkCheck(int tokens, Work work) {
        digests = new long[tokens];
        this.work = work;
    }

    /** Begins another race. */
    void restart() {
        Arrays.fill(digests, 0);
        arrived = new CountDownLatch(digests.length);
    }

    /** The work to be done at each place. */
    public Work work() {
        return work;
    }

    /**
     * A token came to a place after so many hops, and was worked on there; whether it must be passed on.
     *
     * @param came the digest that it came with, which tells where it should come to
     * @param worked what the place has made of it
     */
    public boolean passes(int token, int hops, int last, long came, long worked, int place) {
        if (WorkRace.place(came) != place) {
            wrong = true;
        }
        if (hops < last) {
            return true;
        }
        if (digests[token] != 0) {
            wrong = true;
        }
        // Before its arrival is told, which publishes it
        digests[token] = worked;
        arrived.countDown();
        return false;
    }

    /** Waits for all tokens. @throws IllegalStateException if they do not come */
    void await() throws InterruptedException {
        if (!arrived.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    arrived.getCount() + " of " + digests.length + " tokens did not arrive in time");
        }
    }

    /** Looks at what was seen, after {@link #await}, of a race to hop {@code last}. @throws IllegalStateException if a token came wrongly, or without its work */
    void verify(int last) {
        for (int token = 0; token < digests.length; token++) {
            if (wrong || digests[token] != work.after(token, last + 1L)) {
                throw new IllegalStateException(
                        "token " + token + " was lost, doubled, at a wrong place, or its work was not done");
            }
        }
    }
}
