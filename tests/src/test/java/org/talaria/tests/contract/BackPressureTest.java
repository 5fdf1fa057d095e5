package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Full mailboxes and full rings: A1 to A5 of the seeds, by an engine that the test itself drives. */
class BackPressureTest {
    private final List<Integer> got = new ArrayList<>();

    private ActorRef<Note> bounded(Talaria talaria, int capacity, BackPressure policy) {
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(capacity, policy)))
                .actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        return ref;
    }

    private static FutureTask<Outcome> inAnotherThread(Ref<Note> ref, Note note) {
        FutureTask<Outcome> send = new FutureTask<>(() -> ref.tell(note));
        Thread thread = new Thread(send, "second sender");
        thread.start();
        Await.waiting(thread);
        return send;
    }

    /** A1. */
    @BothEngines
    void blockWaitsForRoom(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = bounded(talaria, 1, BackPressure.BLOCK);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        FutureTask<Outcome> second = inAnotherThread(ref, new Note(2));
        assertFalse(second.isDone());
        assertEquals(1, talaria.invoke());
        assertEquals(List.of(1), got);
        assertEquals(Outcome.ACCEPTED, Await.value(second));
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2), got);
    }

    @BothEngines
    void blockEndsAtItsDeadlineByTheClockOfTheEngine(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Ref<Note> ref = bounded(talaria, 1, BackPressure.BLOCK).within(Duration.ofMillis(5));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        FutureTask<Outcome> second = inAnotherThread(ref, new Note(2));
        fabric.clock().advance(Duration.ofNanos(4_999_999));
        assertFalse(second.isDone());
        fabric.clock().advance(Duration.ofNanos(1));
        assertEquals(Outcome.TIMED_OUT, Await.value(second));
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(List.of(1), got);
        assertEquals(1, stats.accepted());
        assertEquals(1, stats.refused());
    }

    @BothEngines
    void theDeadlineOfTheConfigurationHoldsWhereTheReferenceHasNone(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.blockDeadline(Duration.ZERO));
        ActorRef<Note> ref = bounded(talaria, 1, BackPressure.BLOCK);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.TIMED_OUT, ref.tell(new Note(2)));
        Fabric.drain(talaria);
    }

    /** A2. */
    @BothEngines
    void failRefusesAtOnce(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = bounded(talaria, 1, BackPressure.FAIL);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(2)));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
    }

    /** A3: a drop is an outcome, counted, and never looks like success. */
    @BothEngines
    void dropNewestGivesUpTheNewOne(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = bounded(talaria, 1, BackPressure.DROP_NEWEST);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.DROPPED, ref.tell(new Note(2)));
        assertEquals(1, talaria.invoke());
        assertEquals(0, talaria.invoke());
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(List.of(1), got);
        assertEquals(1, stats.accepted());
        assertEquals(1, stats.refused());
    }

    /** A4. */
    @BothEngines
    void everyPolicySaysThatTheReceiverIsGone(Fabric fabric) {
        for (BackPressure policy : BackPressure.values()) {
            Talaria talaria = fabric.invoker();
            ActorRef<Note> ref = bounded(talaria, 1, policy);
            talaria.stop(ref).orThrow();
            Fabric.drain(talaria);
            assertEquals(Outcome.NO_SUCH_ENDPOINT, ref.tell(new Note(1)), policy.name());
            talaria.close();
            assertEquals(Outcome.CLOSED, ref.tell(new Note(2)), policy.name());
        }
    }

    /** A5. */
    @BothEngines
    void theThirdOfTwoIsRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = bounded(talaria, 2, BackPressure.FAIL);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(2)));
        assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(3)));
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(4)));
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2, 4), got);
    }

    @BothEngines
    void aFullRingRefusesAsAFullMailboxDoes(Fabric fabric) {
        for (BackPressure policy : List.of(BackPressure.FAIL, BackPressure.DROP_NEWEST)) {
            got.clear();
            Talaria talaria = fabric.invoker(config -> config.ringCapacityBytes(4_096)
                    .maxMessageBytes(512)
                    .shards(1)
                    .backPressure(policy));
            ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
            Fabric.drain(talaria);
            int accepted = 0;
            Outcome outcome;
            while ((outcome = ref.tell(new Note(accepted))).accepted()) {
                accepted++;
            }
            assertEquals(policy == BackPressure.FAIL ? Outcome.BACK_PRESSURED : Outcome.DROPPED, outcome);
            assertTrue(accepted >= 60 && accepted <= 4_096 / 32, "records of 32 bytes: " + accepted);
            Fabric.drain(talaria);
            assertEquals(accepted, got.size());
            assertEquals(Outcome.ACCEPTED, ref.tell(new Note(-1)), "room again");
            Fabric.drain(talaria);
        }
    }

    /** A send that found a place in the mailbox and none in the ring gives the place back. */
    @BothEngines
    void aFullRingEatsNoPlacesOfTheMailbox(Fabric fabric) {
        Talaria talaria = fabric.invoker(
                config -> config.ringCapacityBytes(4_096).maxMessageBytes(512).shards(1));
        ActorRef<Note> ref = bounded(talaria, 10, BackPressure.FAIL);
        ActorRef<Note> neighbour = talaria.with(ActorOptions.options().mailbox(new Mailbox(0, BackPressure.FAIL)))
                .actor("neighbour", Note.class, note -> {});
        fill(neighbour);
        for (int i = 0; i < 20; i++) {
            assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(i)));
            assertEquals(0, ref.tellSome(List.of(new Note(i)), 0));
        }
        Fabric.drain(talaria);
        assertEquals(10, fill(ref), "the mailbox is empty");
        Fabric.drain(talaria);
        assertEquals(10, got.size());
    }

    private static int fill(ActorRef<Note> ref) {
        int accepted = 0;
        while (ref.tell(new Note(accepted)).accepted()) {
            accepted++;
        }
        return accepted;
    }

    /** The bound belongs to one endpoint: a neighbour on the same shard is not refused. */
    @BothEngines
    void aFullMailboxDoesNotRefuseItsNeighbour(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(1));
        ActorRef<Note> full = bounded(talaria, 1, BackPressure.FAIL);
        ActorRef<Note> neighbour = talaria.actor("neighbour", Note.class, note -> got.add(-note.number()));
        full.tell(new Note(1)).orThrow();
        assertEquals(Outcome.BACK_PRESSURED, full.tell(new Note(2)));
        assertEquals(Outcome.ACCEPTED, neighbour.tell(new Note(3)));
        Fabric.drain(talaria);
        assertEquals(List.of(1, -3), got);
    }

    /** The room of a message that dies is given back as that of one that is handled. */
    @BothEngines
    void aMessageThatFailsGivesItsRoomBack(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.FAIL)))
                .actor("bad", Note.class, note -> {
                    throw new IllegalStateException("on purpose");
                });
        Fabric.drain(talaria);
        for (int i = 0; i < 10; i++) {
            assertEquals(Outcome.ACCEPTED, ref.tell(new Note(i)), "round " + i);
            assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(i)), "round " + i);
            Fabric.drain(talaria);
        }
        assertEquals(10, Fabric.balanced(talaria).dead());
    }
}
