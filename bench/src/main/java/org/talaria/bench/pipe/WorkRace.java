package org.talaria.bench.pipe;

import java.util.Map;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/**
 * Actors pass tokens among themselves, each of which costs work at each hop; no thread but theirs has anything to do. Where a token goes next its digest says: anywhere.
 * (In a circle they gather into convoys behind whoever is held up, and never part again: then that is measured, and not how work is spread.) Every hop and all work is verified.
 */
public final class WorkRace implements Trial {
    /** Actors: a power of two. */
    public static final int ACTORS = 64;

    private static final int TOKENS = 1_000;

    /** Work a message, in nanoseconds on a core of its own. */
    public static final double WORK_NS = 200;

    /** Key of the other figure of {@link #overhead}: the bare work, in nanoseconds a message. */
    public static final String BARE = "bare";

    /** Calibrated once a process, so that all sides of a benchmark have the same. */
    private static final class Calibrated {
        static final Work WORK = Work.lasting(WORK_NS);
    }

    private final Maker maker;
    private final int threads;

    /** The actors of a library. */
    public interface Field extends AutoCloseable {
        /** Gives a token to the actor at the {@link #place} of its digest, to be worked on and passed on until it has made hop {@code last}. */
        void start(int token, int last, long digest);

        /** Begins to count {@link #figures}: called between races. */
        default void mark() {}

        /** Other figures since the mark, for so many messages, by key; none by default. */
        default Map<String, Double> figures(long messages) {
            return Map.of();
        }

        @Override
        void close();
    }

    /** Makes fields. */
    @FunctionalInterface
    public interface Maker {
        /** Makes one that reports to a check. */
        Field open(WorkCheck check) throws Exception;
    }

    private WorkRace(Maker maker, int threads) {
        this.maker = maker;
        this.threads = threads;
    }

    /** Millions of hops a second of the fields of a maker, a fresh one each run. */
    public static WorkRace rate(Maker maker) {
        return new WorkRace(maker, 0);
    }

    /** What so many threads spend on a message less its bare work, in nanoseconds; the latter is measured on as many threads before and after each run. */
    public static WorkRace overhead(Maker maker, int threads) {
        return new WorkRace(maker, threads);
    }

    /** Where a token with this digest belongs. */
    public static int place(long digest) {
        return (int) digest & ACTORS - 1;
    }

    @Override
    public Timing run(long operations) throws Exception {
        int hops = (int) Math.max(1, operations / TOKENS);
        WorkCheck check = new WorkCheck(TOKENS, Calibrated.WORK);
        double before = threads == 0 ? 0 : check.work().bareNs(threads);
        try (Field field = maker.open(check)) {
            race(field, check, Math.max(1, hops / 8));
            field.mark();
            long start = System.nanoTime();
            long end = race(field, check, hops);
            Map<String, Double> figures = field.figures((long) hops * TOKENS);
            return timing((long) hops * TOKENS, end - start, before, figures);
        }
    }

    private Timing timing(long messages, long elapsedNs, double bareBefore, Map<String, Double> figures)
            throws Exception {
        if (threads == 0) {
            return new Timing(messages * 1e3 / elapsedNs, elapsedNs, figures);
        }
        double bare = (bareBefore + Calibrated.WORK.bareNs(threads)) / 2;
        return new Timing((double) elapsedNs * threads / messages - bare, elapsedNs, Map.of(BARE, bare));
    }

    /** Returns when the last token had arrived; the verification is not in it. */
    private static long race(Field field, WorkCheck check, int hops) throws InterruptedException {
        check.restart();
        for (int token = 0; token < TOKENS; token++) {
            field.start(token, hops - 1, Work.first(token));
        }
        check.await();
        long end = System.nanoTime();
        check.verify(hops - 1);
        return end;
    }
}
