package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A fixed rate does not drift, and makes up for nothing. */
class FixedRateTest {
    private static final Duration PERIOD = Duration.ofMillis(10);

    private int came;

    private void advance(Fabric fabric, Talaria talaria, Duration by) {
        fabric.clock().advance(by);
        Fabric.drain(talaria);
    }

    @BothEngines
    void messagesComeByTheFirstHoweverLateTheOthersWere(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Timer timer = talaria.timers().fixedRate(ref, new Note(1), Duration.ofMillis(3), PERIOD);
        long elapsedMs = 0;
        for (int i = 0; i < 200; i++) {
            advance(fabric, talaria, Duration.ofMillis(7));
            elapsedMs += 7;
            assertEquals((elapsedMs - 3) / 10 + 1, came, "after " + elapsedMs + " ms");
        }
        assertEquals(0, timer.missed());
        assertTrue(timer.pending());
    }

    @BothEngines
    void periodsThatHavePassedAreSkippedAndCounted(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Timer timer = talaria.timers().fixedRate(ref, new Note(1), PERIOD, PERIOD);
        advance(fabric, talaria, Duration.ofMillis(95));
        assertEquals(1, came, "those of 10 … 90 ms are one");
        assertEquals(8, timer.missed());
        advance(fabric, talaria, Duration.ofMillis(4));
        assertEquals(1, came);
        advance(fabric, talaria, Duration.ofMillis(1));
        assertEquals(2, came, "the next is on time: at 100 ms");
        assertEquals(8, timer.missed());
    }

    @BothEngines
    void itCanBeCancelledByItsOwnMessage(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Timer> timers = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            if (++came == 3) {
                assertTrue(timers.get(0).cancel());
            }
        });
        timers.add(talaria.timers().fixedRate(ref, new Note(1), Duration.ZERO, PERIOD));
        for (int i = 0; i < 10; i++) {
            advance(fabric, talaria, PERIOD);
        }
        assertEquals(3, came);
        assertFalse(timers.get(0).pending());
        assertFalse(timers.get(0).cancel(), "a second time");
    }
}
