package org.talaria.bench.pipe;

import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** Actors in a circle pass tokens on; millions of hops a second. Every hop is verified: token, place and number of hops belong together. */
public final class RelayRace implements Trial {
    /** Actors in the circle. */
    public static final int ACTORS = 64;

    /** Tokens on the way at a time. */
    public static final int TOKENS = 1_000;

    private final Maker maker;

    /** The actors of a library. */
    public interface Field extends AutoCloseable {
        /** Gives a token to the first of its actors, to be passed on until it has made hop {@code last}. */
        void start(int token, int last);

        @Override
        void close();
    }

    /** Makes fields. */
    @FunctionalInterface
    public interface Maker {
        /** Makes one that reports to a check. */
        Field open(RelayCheck check) throws Exception;
    }

    /** Measures the fields of a maker, a fresh one each run. */
    public RelayRace(Maker maker) {
        this.maker = maker;
    }

    /** The actor after this one. */
    public static int next(int place) {
        return (place + 1) % ACTORS;
    }

    /** Where a token starts. */
    public static int first(int token) {
        return token % ACTORS;
    }

    @Override
    public Timing run(long operations) throws Exception {
        int hops = (int) Math.max(1, operations / TOKENS);
        RelayCheck check = new RelayCheck(TOKENS);
        try (Field field = maker.open(check)) {
            race(field, check, Math.max(1, hops / 8));
            check.verify();
            long start = System.nanoTime();
            race(field, check, hops);
            long elapsedNs = System.nanoTime() - start;
            check.verify();
            return Timing.millionsPerSecond((long) hops * TOKENS, elapsedNs);
        }
    }

    private static void race(Field field, RelayCheck check, int hops) throws InterruptedException {
        check.restart(hops - 1);
        for (int token = 0; token < TOKENS; token++) {
            field.start(token, hops - 1);
        }
        check.await();
    }
}
