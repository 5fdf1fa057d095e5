package org.talaria.bench.pipe;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Timing;

class WorkTest {
    private static final int TOKENS = 1_000;
    private static final Work WORK = new Work(3);

    @Test
    void aJumpLandsWhereTheStepsDo() {
        for (int token : new int[] {0, 1, 999}) {
            for (int steps : new int[] {0, 1, 2, 63, 64, 65, 1_000}) {
                assertEquals(Work.of(Work.first(token), steps), Work.jump(Work.first(token), steps));
            }
        }
    }

    @Test
    void workLastsSomeSteps() throws Exception {
        assertTrue(Work.lasting(1_000_000).steps() > Work.lasting(1_000).steps());
        assertTrue(WORK.bareNs(2) > 0);
    }

    private static final long CAME = Work.first(0);
    private static final long ONCE = WORK.on(CAME);
    private static final long TWICE = WORK.on(ONCE);

    /** One token, two hops, as these say. */
    private static void race(Consumer<WorkCheck> hops) throws InterruptedException {
        WorkCheck check = new WorkCheck(1, WORK);
        check.restart();
        hops.accept(check);
        check.await();
        check.verify(1);
    }

    @Test
    void whoseWorkWasDonePasses() {
        assertDoesNotThrow(() -> race(check -> {
            assertTrue(check.passes(0, 0, 1, CAME, ONCE, WorkRace.place(CAME)));
            assertFalse(check.passes(0, 1, 1, ONCE, TWICE, WorkRace.place(ONCE)));
        }));
    }

    @Test
    void workThatWasLeftOutTells() {
        assertThrows(
                IllegalStateException.class,
                () -> race(check -> check.passes(0, 1, 1, ONCE, ONCE, WorkRace.place(ONCE))));
    }

    @Test
    void aWrongActorTells() {
        assertThrows(
                IllegalStateException.class,
                () -> race(check -> check.passes(0, 1, 1, ONCE, TWICE, 1 ^ WorkRace.place(ONCE))));
    }

    @Test
    void aDoubledTokenTells() {
        assertThrows(
                IllegalStateException.class,
                () -> race(check -> {
                    check.passes(0, 1, 1, ONCE, TWICE, WorkRace.place(ONCE));
                    check.passes(0, 1, 1, ONCE, TWICE, WorkRace.place(ONCE));
                }));
    }

    /** Actors that are no actors: each token runs to its end where it starts. */
    private record Runner(WorkCheck check, int[] closed) implements WorkRace.Field {
        @Override
        public void start(int token, int last, long digest) {
            long now = digest;
            for (int hops = 0; hops <= last; hops++) {
                long worked = check.work().on(now);
                check.passes(token, hops, last, now, worked, WorkRace.place(now));
                now = worked;
            }
        }

        @Override
        public Map<String, Double> figures(long messages) {
            return Map.of("messages", (double) messages);
        }

        @Override
        public void close() {
            closed[0]++;
        }
    }

    @Test
    void aRaceGivesItsRateAndTheFieldsOwnFigures() throws Exception {
        int[] closed = new int[1];
        Timing timing = WorkRace.rate(check -> new Runner(check, closed)).run(3 * TOKENS);
        assertEquals(3.0 * TOKENS * 1e3 / timing.elapsedNs(), timing.value(), 1e-9);
        assertEquals(Map.of("messages", 3.0 * TOKENS), timing.also());
        assertEquals(1, closed[0]);
    }

    @Test
    void theOverheadIsTheThreadsTimeLessTheBareWork() throws Exception {
        Timing timing =
                WorkRace.overhead(check -> new Runner(check, new int[1]), 2).run(2 * TOKENS);
        double bare = timing.also().get(WorkRace.BARE);
        assertTrue(bare > 0);
        assertEquals(2.0 * timing.elapsedNs() / (2 * TOKENS) - bare, timing.value(), 1e-6);
    }
}
