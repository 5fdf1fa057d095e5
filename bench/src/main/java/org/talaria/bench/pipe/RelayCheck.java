package org.talaria.bench.pipe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Verifies the hops of a relay race. Any thread; the hops of one token are ordered by its messages. */
public final class RelayCheck {
    private final int tokens;
    /** Hops seen of each token: written by whoever holds the token. */
    private final int[] seen;

    private volatile boolean wrong;
    private volatile CountDownLatch arrived;

    /** Of so many tokens. */
    public RelayCheck(int tokens) {
        this.tokens = tokens;
        seen = new int[tokens];
        arrived = new CountDownLatch(tokens);
    }

    /** Begins another race. */
    void restart() {
        java.util.Arrays.fill(seen, 0);
        arrived = new CountDownLatch(tokens);
    }

    /** A token is at a place after so many hops; whether it must be passed on. */
    public boolean passes(int token, int hops, int last, int place) {
        if (seen[token] != hops || place != (RelayRace.first(token) + hops) % RelayRace.ACTORS) {
            wrong = true;
        }
        seen[token] = hops + 1;
        if (hops < last) {
            return true;
        }
        arrived.countDown();
        return false;
    }

    /** Waits for all tokens. @throws IllegalStateException if they do not come, or came wrongly */
    void await() throws InterruptedException {
        if (!arrived.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(arrived.getCount() + " of " + tokens + " tokens did not arrive in time");
        }
        if (wrong) {
            throw new IllegalStateException("a token was lost, doubled or out of order");
        }
    }
}
