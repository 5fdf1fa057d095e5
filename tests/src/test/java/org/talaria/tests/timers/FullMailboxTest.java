package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Timers whose endpoint has no room: its policy decides, and who sends for them never waits. In an invoked engine that one is the test. */
class FullMailboxTest {
    private static final Duration TEN = Duration.ofMillis(10);
    private static final Duration SOON = Duration.ofMillis(1);

    private final List<Integer> got = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    /** No objects' class is a {@code @Message}. */
    private static final class Parcel {
        private final int number;

        Parcel(int number) {
            this.number = number;
        }
    }

    private static ActorOptions one(BackPressure policy) {
        return ActorOptions.options().mailbox(Mailbox.bounded(1, policy));
    }

    /** Four timers that are due together, to a mailbox for one. */
    private ActorRef<Note> four(Fabric fabric, Talaria talaria, BackPressure policy) {
        ActorRef<Note> ref = talaria.with(one(policy)).actor("one", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        for (int i = 0; i < 4; i++) {
            timers.add(talaria.timers().once(ref, new Note(i), TEN));
        }
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertEquals(List.of(0), got, "the first found room");
        return ref;
    }

    @BothEngines
    void blockTriesAgainInTheirOrderUntilThereIsRoom(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = four(fabric, talaria, BackPressure.BLOCK);
        Timer fifth = talaria.timers().once(ref, new Note(4), Duration.ZERO);
        Fabric.drain(talaria);
        assertEquals(List.of(0), got, "there is room, but others are first");
        assertTrue(timers.get(1).pending() && timers.get(3).pending() && fifth.pending());
        assertTrue(timers.get(2).cancel(), "one that waits can be cancelled");
        for (int i = 0; i < 4; i++) {
            fabric.clock().advance(SOON);
            Fabric.drain(talaria);
        }
        assertEquals(List.of(0, 1, 3, 4), got);
        assertFalse(fifth.pending());
        assertEquals(0, Fabric.balanced(talaria).refused(), "none was refused");
        talaria.timers().once(ref, new Note(5), Duration.ZERO);
        Fabric.drain(talaria);
        assertEquals(List.of(0, 1, 3, 4, 5), got, "nobody waits any more");
    }

    @BothEngines
    void failRefuses(Fabric fabric) {
        refuses(fabric, BackPressure.FAIL);
    }

    @BothEngines
    void dropNewestDrops(Fabric fabric) {
        refuses(fabric, BackPressure.DROP_NEWEST);
    }

    private void refuses(Fabric fabric, BackPressure policy) {
        Talaria talaria = fabric.invoker();
        four(fabric, talaria, policy);
        timers.forEach(timer -> assertFalse(timer.pending()));
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertEquals(List.of(0), got);
        assertEquals(3, Fabric.balanced(talaria).refused());
        assertEquals(List.of(), fabric.errors());
    }

    /** A refusal is that period's; BLOCK makes up for none. */
    @BothEngines
    void aFixedRateGoesOn(Fabric fabric) {
        for (BackPressure policy : List.of(BackPressure.BLOCK, BackPressure.FAIL, BackPressure.DROP_NEWEST)) {
            Talaria talaria = fabric.invoker();
            got.clear();
            ActorRef<Note> ref = talaria.with(one(policy)).actor("one", Note.class, note -> got.add(note.number()));
            Fabric.drain(talaria);
            talaria.timers().once(ref, new Note(1), TEN);
            Timer timer = talaria.timers().fixedRate(ref, new Note(2), TEN, TEN);
            fabric.clock().advance(TEN);
            Fabric.drain(talaria);
            assertEquals(List.of(1), got);
            assertTrue(timer.pending());
            fabric.clock().advance(TEN);
            Fabric.drain(talaria);
            assertEquals(List.of(1, 2), got, policy::toString);
            assertEquals(policy == BackPressure.BLOCK ? 0 : 1, talaria.stats().refused());
            assertEquals(policy == BackPressure.BLOCK ? 1 : 0, timer.missed());
            timer.cancel();
        }
    }

    @BothEngines
    void objectsByReferenceWaitToo(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Parcel> ref =
                talaria.with(one(BackPressure.BLOCK)).actor("one", Parcel.class, parcel -> got.add(parcel.number));
        Fabric.drain(talaria);
        for (int i = 0; i < 3; i++) {
            talaria.timers().once(ref, new Parcel(i), TEN);
        }
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertEquals(List.of(0), got);
        for (int i = 0; i < 2; i++) {
            fabric.clock().advance(SOON);
            Fabric.drain(talaria);
        }
        assertEquals(List.of(0, 1, 2), got);
        assertEquals(0, Fabric.balanced(talaria).refused());
    }
}
