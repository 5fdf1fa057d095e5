package org.talaria.bench.pipe;

import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** Short tasks spread over many places and joined, one fork after another. Each place adds up what came; the sums tell whether every task was done once. */
public final class ForkRace implements Trial {
    /** Tasks a fork. */
    public static final int TASKS = 10_000;

    /** Actors that they are spread over, in turn. */
    public static final int PLACES = 64;

    private static final long PRELUDE = 20;

    private final Maker maker;

    /** Where forks are made. */
    public interface Field extends AutoCloseable {
        /** Sends {@link #TASKS} tasks with a number, one after another to each place in turn, and returns when all are done. */
        void forkAndJoin(long number) throws Exception;

        @Override
        void close();
    }

    /** What a place does with its tasks: by one thread at a time. On lines of its own, whatever the collector does: places are written by several threads. */
    public static final class Place {
        private static final int GAP = 32;
        private final long[] words = new long[2 * GAP];

        /** A task. */
        public void add(long number) {
            words[GAP] += number;
            words[GAP + 1]++;
        }
    }

    /** Opens fields. */
    @FunctionalInterface
    public interface Maker {
        /** Opens one whose tasks go to these places. */
        Field open(Place[] places) throws Exception;
    }

    /** Measures the fields of a maker, a fresh one each run. */
    public ForkRace(Maker maker) {
        this.maker = maker;
    }

    /** Millions of tasks a second, of forks of {@link #TASKS}. */
    @Override
    public Timing run(long operations) throws Exception {
        long forks = Math.max(1, operations / TASKS);
        Place[] places = new Place[PLACES];
        for (int i = 0; i < PLACES; i++) {
            places[i] = new Place();
        }
        try (Field field = maker.open(places)) {
            for (long n = 0; n < PRELUDE; n++) {
                field.forkAndJoin(n);
            }
            long start = System.nanoTime();
            for (long n = PRELUDE; n < PRELUDE + forks; n++) {
                field.forkAndJoin(n);
            }
            long elapsed = System.nanoTime() - start;
            verify(places, PRELUDE + forks);
            return Timing.millionsPerSecond(forks * TASKS, elapsed);
        }
    }

    /** @throws IllegalStateException if a task was lost or doubled */
    private static void verify(Place[] places, long forks) {
        long sum = 0;
        long count = 0;
        for (Place place : places) {
            sum += place.words[Place.GAP];
            count += place.words[Place.GAP + 1];
        }
        if (count != forks * TASKS || sum != forks * (forks - 1) / 2 * TASKS) {
            throw new IllegalStateException(
                    "of " + forks * TASKS + " tasks " + count + " were done when all were joined");
        }
    }
}
