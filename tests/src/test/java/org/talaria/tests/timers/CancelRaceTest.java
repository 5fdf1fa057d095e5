package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** A timer is cancelled or its message comes: one of the two, also where both are tried at once. */
class CancelRaceTest {
    /** Longer than who polls timers takes to find one. */
    private static final int MOST_SPINS = 300;

    @BothEngines
    void eitherItIsCancelledOrItComes(Fabric fabric) {
        int rounds = Scale.of(100_000);
        Random random = new Random(Seeds.of("CancelRaceTest"));
        Talaria talaria = fabric.open();
        AtomicIntegerArray came = new AtomicIntegerArray(rounds);
        AtomicInteger all = new AtomicInteger();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            came.incrementAndGet(note.number());
            all.incrementAndGet();
        });
        // Keeps those awake who poll and handle: else it is always the cancelling that comes first
        ActorRef<Note> busy = talaria.actor("busy", Note.class, note -> {});
        Timer awake = talaria.timers().fixedRate(busy, new Note(0), Duration.ZERO, Duration.ofNanos(1_000));
        boolean[] cancelled = new boolean[rounds];
        int cancels = 0;
        for (int i = 0; i < rounds; i++) {
            Timer timer = talaria.timers().once(ref, new Note(i), Duration.ZERO);
            for (int spins = random.nextInt(MOST_SPINS); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (timer.cancel()) {
                cancelled[i] = true;
                cancels++;
            }
        }
        awake.cancel();
        int expected = rounds - cancels;
        Await.until("the others have come", () -> all.get() >= expected);
        Fabric.settle(talaria);
        for (int i = 0; i < rounds; i++) {
            assertEquals(cancelled[i] ? 0 : 1, came.get(i), "timer " + i);
        }
        System.out.println(cancels + " of " + rounds + " timers were cancelled in time");
        assertTrue(cancels > 0 && expected > 0, "not both are possible");
    }
}
