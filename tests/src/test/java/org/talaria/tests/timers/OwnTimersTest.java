package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.Timers;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Timers that an actor makes are its own: they end with it. */
class OwnTimersTest {
    private static final Duration TEN = Duration.ofMillis(10);
    private static final int COUNT = 5;

    private final List<Integer> got = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    /** An actor that makes timers to another with its first message, and stops with one below zero. */
    private ActorRef<Note> maker(Talaria talaria, ActorRef<Note> to) {
        return talaria.actor("maker", Note.class, (note, context) -> {
            if (note.number() < 0) {
                context.stop();
            }
            timers.add(context.timers().fixedRate(to, new Note(note.number()), TEN, TEN));
            for (int i = 1; i < COUNT; i++) {
                timers.add(context.timers().once(to, new Note(note.number() + i), TEN.multipliedBy(i)));
            }
        });
    }

    private void advance(Fabric fabric, Talaria talaria) {
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
    }

    @BothEngines
    void theyAreCancelledWhenItStops(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        ActorRef<Note> maker = maker(talaria, ref);
        maker.tell(new Note(10)).orThrow();
        Timer nobodys = talaria.timers().once(ref, new Note(99), TEN.multipliedBy(3));
        Fabric.drain(talaria);
        advance(fabric, talaria);
        assertEquals(List.of(10, 11), got);
        // One in the middle, and the last made, which is the first of its list
        assertTrue(timers.get(2).cancel() && timers.get(COUNT - 1).cancel());
        assertTrue(timers.get(3).pending());
        talaria.stop(maker).orThrow();
        Fabric.drain(talaria);
        for (Timer timer : timers) {
            assertFalse(timer.pending());
            assertFalse(timer.cancel(), "it has ended before");
        }
        assertTrue(nobodys.pending(), "the engine's are not the actor's");
        advance(fabric, talaria);
        advance(fabric, talaria);
        assertEquals(List.of(10, 11, 99), got);
        assertEquals(0, Fabric.balanced(talaria).refused());
    }

    @BothEngines
    void alsoThoseOfItsLastMessage(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        maker(talaria, ref).tell(new Note(-1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(COUNT, timers.size());
        for (int i = 0; i < COUNT; i++) {
            advance(fabric, talaria);
            assertFalse(timers.get(i).pending());
        }
        assertEquals(List.of(), got);
    }

    @BothEngines
    void othersKeepTheirs(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        List<ActorRef<Note>> makers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            makers.add(talaria.actor("maker " + i, Note.class, (note, context) -> context.timers()
                    .once(ref, note, TEN)));
            makers.get(i).tell(new Note(i)).orThrow();
        }
        Fabric.drain(talaria);
        talaria.stop(makers.get(1)).orThrow();
        Fabric.drain(talaria);
        advance(fabric, talaria);
        got.sort(null);
        assertEquals(List.of(0, 2), got);
    }

    @BothEngines
    void theyAreMadeInsideTheHandlerOnly(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Timers> kept = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, (note, context) -> kept.add(context.timers()));
        ref.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        assertThrows(IllegalStateException.class, () -> kept.get(0).once(ref, new Note(2), TEN));
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertEquals(1, kept.size(), "nothing was scheduled");
    }
}
