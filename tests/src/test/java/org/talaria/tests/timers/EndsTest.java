package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Notes;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Timers that end otherwise than by their message: endpoint or engine gone, a message that throws; and those that are not made. */
class EndsTest {
    private static final Duration TEN = Duration.ofMillis(10);

    private int came;

    @BothEngines
    void aTimerEndsWithItsEndpoint(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Timer once = talaria.timers().once(ref, new Note(1), TEN);
        Timer rate = talaria.timers().fixedRate(ref, new Note(2), TEN, TEN);
        talaria.stop(ref).orThrow();
        Fabric.drain(talaria);
        for (int i = 0; i < 5; i++) {
            fabric.clock().advance(TEN);
            Fabric.drain(talaria);
        }
        assertFalse(once.pending() || rate.pending());
        assertFalse(rate.cancel());
        assertEquals(0, came);
        assertEquals(2, Fabric.balanced(talaria).refused(), "each is counted once");
        assertEquals(List.of(), fabric.errors());
    }

    /** Those that wait for room end where they wait. */
    @BothEngines
    void alsoWhereItWaitsForRoom(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.BLOCK)))
                .actor("notes", Note.class, (note, context) -> context.stop());
        Fabric.drain(talaria);
        Timer first = talaria.timers().once(ref, new Note(1), TEN);
        Timer second = talaria.timers().once(ref, new Note(2), TEN);
        Timer third = talaria.timers().once(ref, new Note(3), TEN);
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertTrue(!first.pending() && second.pending() && third.pending());
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertFalse(second.pending() || third.pending());
        assertEquals(2, Fabric.balanced(talaria).refused());
    }

    @BothEngines
    void closeDropsWhatIsPending(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Timer once = talaria.timers().once(ref, new Note(1), Duration.ofHours(1));
        Timer rate = talaria.timers().fixedRate(ref, new Note(1), Duration.ofHours(1), TEN);
        talaria.close();
        assertFalse(once.pending() || rate.pending());
        assertFalse(once.cancel() || rate.cancel());
        Timer late = talaria.timers().once(ref, new Note(2), Duration.ZERO);
        assertFalse(late.pending(), "of a closed engine");
        assertFalse(late.cancel());
        assertEquals(0, came);
        assertEquals(List.of(), fabric.errors());
    }

    /** It is told once, not each period; those behind it get on. */
    @BothEngines
    void aMessageThatThrowsEndsItsTimer(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Notes> ref = talaria.actor("notes", Notes.class, notes -> came++);
        Note[] torn = {new Note(1), new Note(2)};
        Timer throwing = talaria.timers().fixedRate(ref, new Notes(torn), TEN, TEN);
        Timer whole = talaria.timers().fixedRate(ref, new Notes(new Note[] {new Note(3)}), TEN, TEN);
        torn[1] = null;
        for (int i = 0; i < 3; i++) {
            fabric.clock().advance(TEN);
            Fabric.drain(talaria);
        }
        assertFalse(throwing.pending());
        assertTrue(whole.pending());
        assertEquals(3, came);
        assertEquals(1, fabric.errors().size());
        Fabric.balanced(talaria);
    }

    @BothEngines
    void durationsOutOfRangeAreRefusedWithTheRange(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Note note = new Note(1);
        String[] texts = {
            refusal(() -> talaria.timers().once(ref, note, Duration.ofNanos(-1))),
            refusal(() -> talaria.timers().once(ref, note, Duration.ofDays(36_501))),
            refusal(() -> talaria.timers().once(ref, note, Duration.ofSeconds(Long.MAX_VALUE))),
            refusal(() -> talaria.timers().fixedRate(ref, note, Duration.ofSeconds(Long.MIN_VALUE), TEN)),
            refusal(() -> talaria.timers().fixedRate(ref, note, TEN, Duration.ZERO)),
            refusal(() -> talaria.timers().fixedRate(ref, note, TEN, Duration.ofNanos(999)))
        };
        for (String text : texts) {
            assertTrue(text.contains("out of range: give PT0") && text.contains("36500 days"), text);
        }
        assertTrue(texts[0].contains("delay PT-0.000000001S"), texts[0]);
        assertTrue(texts[5].contains("period PT0.000000999S"), texts[5]);
        assertTrue(talaria.timers().once(ref, note, Duration.ofDays(36_500)).pending(), "the longest");
        talaria.timers().fixedRate(ref, note, Duration.ZERO, Duration.ofNanos(1_000));
        Fabric.drain(talaria);
        assertEquals(1, came, "the shortest");
    }

    private static String refusal(Runnable make) {
        return assertThrows(IllegalArgumentException.class, make::run).getMessage();
    }

    @BothEngines
    void whatNoTimeCanMendIsRefusedAtOnce(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Text> texts = talaria.actor("texts", Text.class, text -> came++);
        Text large = new Text("x".repeat(5_000));
        RefusedException refused =
                assertThrows(RefusedException.class, () -> talaria.timers().once(texts, large, TEN));
        assertEquals(Outcome.TOO_LARGE, refused.outcome());
        assertThrows(NullPointerException.class, () -> talaria.timers().once(texts, null, TEN));
        Talaria other = fabric.invoker();
        assertThrows(IllegalArgumentException.class, () -> other.timers().once(texts, new Text("here"), TEN));
        fabric.clock().advance(TEN);
        Fabric.drain(talaria);
        assertEquals(0, came);
    }
}
