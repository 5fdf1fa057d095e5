package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Blob;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Mailboxes that give up what is old (R24), and policies by priority: N8, A10. */
class DropOldestTest {
    private final List<Integer> got = new ArrayList<>();

    private ActorRef<Note> notes(Talaria talaria, Mailbox mailbox) {
        ActorRef<Note> ref = talaria.with(ActorOptions.options().onShard(0).mailbox(mailbox))
                .actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        return ref;
    }

    private static List<Integer> numbers(List<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> ((Note) letter.message()).number())
                .toList();
    }

    @BothEngines
    void theOldestMakesRoom(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = notes(talaria, Mailbox.bounded(2, BackPressure.DROP_OLDEST));
        for (int i = 1; i <= 5; i++) {
            assertEquals(Outcome.ACCEPTED, ref.tell(new Note(i)));
        }
        Fabric.drain(talaria);
        assertEquals(List.of(4, 5), got);
        assertEquals(List.of(1, 2, 3), numbers(fabric.letters()));
        assertEquals(List.of(Reason.DISPLACED, Reason.DISPLACED, Reason.DISPLACED), fabric.reasons());
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(3, stats.dead());
        // There is room again
        assertEquals(Outcome.ACCEPTED, ref.tellAll(List.of(new Note(6), new Note(7))));
        Fabric.drain(talaria);
        assertEquals(List.of(4, 5, 6, 7), got);
    }

    /** N8. */
    @BothEngines
    void theLeastImportantMakesRoom(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(4));
        ActorRef<Note> ref = notes(talaria, Mailbox.bounded(4, BackPressure.DROP_OLDEST));
        for (Priority priority : Priority.values()) {
            assertEquals(Outcome.ACCEPTED, ref.at(priority).tell(new Note(priority.ordinal())));
        }
        assertEquals(Outcome.ACCEPTED, ref.at(Priority.CRITICAL).tell(new Note(30)));
        assertEquals(Outcome.ACCEPTED, ref.at(Priority.LOW).tell(new Note(10)));
        Fabric.drain(talaria);
        // Full of LOW to CRITICAL: the victims are the oldest LOW, then the one behind it
        assertEquals(List.of(0, 10), numbers(fabric.letters()));
        assertEquals(List.of(3, 30, 2, 1), got);
        Fabric.balanced(talaria);
    }

    @BothEngines
    void whatMayNotBeDroppedIsNot(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(2));
        ActorRef<Note> ref = notes(
                talaria,
                Mailbox.bounded(2, BackPressure.DROP_OLDEST)
                        .at(Priority.HIGH, BackPressure.FAIL)
                        .at(Priority.CRITICAL, BackPressure.FAIL));
        Ref<Note> high = ref.at(Priority.HIGH);
        assertEquals(Outcome.ACCEPTED, high.tell(new Note(1)));
        assertEquals(Outcome.ACCEPTED, high.tell(new Note(2)));
        assertEquals(Outcome.BACK_PRESSURED, high.tell(new Note(3)));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(4)));
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2), got);
        assertEquals(List.of(4), numbers(fabric.letters()), "there was none that it could displace");
        Fabric.balanced(talaria);
    }

    @BothEngines
    void prioritiesOfOneLaneDisplaceAllOrNone(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Mailbox mixed = Mailbox.bounded(2, BackPressure.DROP_OLDEST).at(Priority.HIGH, BackPressure.FAIL);
        String text = assertThrows(IllegalArgumentException.class, () -> notes(talaria, mixed))
                .getMessage();
        assertEquals(
                "DROP_OLDEST for NORMAL and not for HIGH, which share a lane: give both the same policy, or the shard more lanes",
                text);
    }

    /** The ring is full of another's messages: nothing of this endpoint waits that could make room. */
    @BothEngines
    void whatIsNewIsNotGivenUpForOthers(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.blockDeadline(Duration.ZERO));
        ActorRef<Blob> other = talaria.with(ActorOptions.options().onShard(0)).actor("other", Blob.class, blob -> {});
        ActorRef<Note> ref = notes(talaria, new Mailbox(0, BackPressure.DROP_OLDEST));
        Ref<Blob> some = other.within(Duration.ZERO);
        while (some.tell(new Blob(new byte[4])) == Outcome.ACCEPTED) {
            // Until there is no room
        }
        assertEquals(Outcome.TIMED_OUT, ref.tell(new Note(1)));
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(2)));
        Fabric.drain(talaria);
        assertEquals(List.of(2), got);
        assertEquals(List.of(), fabric.letters());
    }

    /** The ring itself is full: the oldest of this endpoint, and of no other, is given up at its turn, and the send waits. */
    @BothEngines
    void aFullRingGivesUpTheOldest(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.blockDeadline(Duration.ZERO));
        List<Integer> lengths = new ArrayList<>();
        Mailbox mailbox = new Mailbox(0, BackPressure.DROP_OLDEST);
        ActorRef<Blob> ref = talaria.with(ActorOptions.options().onShard(0).mailbox(mailbox))
                .actor("blobs", Blob.class, blob -> lengths.add(blob.bytes().length));
        int sent = 0;
        while (ref.tell(new Blob(new byte[1_000 + sent])) == Outcome.ACCEPTED) {
            sent++;
        }
        assertEquals(Outcome.TIMED_OUT, ref.tell(new Blob(new byte[3_000])));
        Fabric.drain(talaria);
        // Two sends found no room
        assertEquals(List.of(Reason.DISPLACED, Reason.DISPLACED), fabric.reasons());
        assertEquals(sent - 2, lengths.size());
        assertEquals(1_002, lengths.get(0));
        Fabric.balanced(talaria);
    }

    /** A10. */
    @BothEngines
    void thePolicyFollowsThePriority(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.blockDeadline(Duration.ZERO));
        ActorRef<Note> ref = notes(talaria, Mailbox.byPriority(1));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.TIMED_OUT, ref.at(Priority.CRITICAL).tell(new Note(2)));
        assertEquals(Outcome.TIMED_OUT, ref.at(Priority.HIGH).tell(new Note(3)));
        assertEquals(Outcome.BACK_PRESSURED, ref.at(Priority.NORMAL).tell(new Note(4)));
        assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(5)));
        assertEquals(Outcome.DROPPED, ref.at(Priority.LOW).tell(new Note(6)));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
        assertEquals(5, Fabric.balanced(talaria).refused());
    }

    @BothEngines
    void theEngineMayHavePoliciesByPriorityToo(Fabric fabric) {
        Talaria talaria = fabric.invoker(config ->
                config.backPressure(BackPressure.FAIL).backPressureAt(Priority.LOW, BackPressure.DROP_NEWEST));
        ActorRef<Note> ref = notes(talaria, new Mailbox(1, null));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.BACK_PRESSURED, ref.at(Priority.CRITICAL).tell(new Note(2)));
        assertEquals(Outcome.DROPPED, ref.at(Priority.LOW).tell(new Note(3)));
        Fabric.drain(talaria);
        assertTrue(got.equals(List.of(1)));
    }
}
