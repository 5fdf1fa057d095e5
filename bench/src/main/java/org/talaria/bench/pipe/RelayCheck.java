package org.talaria.bench.pipe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Verifies the hops of a relay race: each is where its number says, and each place saw every hop it was due, once. A place writes only what is its own, so that the
 * check moves no cache line between threads; the hops of one token are ordered by its messages, which carry what was written to {@link #await}.
 */
public final class RelayCheck {
    /** Numbers a place: hops seen, sum of their marks, and the rest of its cache lines. */
    private static final int NUMBERS = 32;

    private static final int MARKS = 1;

    private final int tokens;
    private final long[] seen = new long[(RelayRace.ACTORS + 1) * NUMBERS];
    private volatile int last;
    private volatile boolean wrong;
    private volatile CountDownLatch arrived;

    /** Of so many tokens. */
    public RelayCheck(int tokens) {
        this.tokens = tokens;
        arrived = new CountDownLatch(tokens);
    }

    /** Begins another race, to hop {@code last} of each token. */
    void restart(int last) {
        java.util.Arrays.fill(seen, 0);
        this.last = last;
        arrived = new CountDownLatch(tokens);
    }

    /** A token is at a place after so many hops; whether it must be passed on. Called by one thread at a time for a place. */
    public boolean passes(int token, int hops, int last, int place) {
        if (place != ((RelayRace.first(token) + hops) & (RelayRace.ACTORS - 1))) {
            wrong = true;
        }
        int at = (place + 1) * NUMBERS;
        seen[at]++;
        seen[at + MARKS] += mark(token, hops);
        if (hops < last) {
            return true;
        }
        arrived.countDown();
        return false;
    }

    /** Different for each token and hop, so that a lost one is not made up for by one that came twice. */
    private static long mark(int token, int hops) {
        return ((long) token << 32 | hops) * 0x9E3779B97F4A7C15L >>> 8;
    }

    /** Waits for all tokens. @throws IllegalStateException if they do not come */
    void await() throws InterruptedException {
        if (!arrived.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(arrived.getCount() + " of " + tokens + " tokens did not arrive in time");
        }
    }

    /** Looks at what was seen, after {@link #await}. @throws IllegalStateException if a token came wrongly */
    void verify() {
        if (wrong || !complete()) {
            throw new IllegalStateException("a token was lost, doubled or at a wrong place");
        }
    }

    private boolean complete() {
        long[] due = new long[seen.length];
        for (int token = 0; token < tokens; token++) {
            for (int hops = 0; hops <= last; hops++) {
                int at = ((RelayRace.first(token) + hops) % RelayRace.ACTORS + 1) * NUMBERS;
                due[at]++;
                due[at + MARKS] += mark(token, hops);
            }
        }
        return java.util.Arrays.equals(due, seen);
    }
}
