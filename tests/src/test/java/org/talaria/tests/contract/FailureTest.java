package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Handlers that throw: the message dies with its reason, the state stays, the next one is handled. */
class FailureTest {
    private static final IllegalStateException FAULT = new IllegalStateException("on purpose");

    @BothEngines
    void theMessageDiesAndTheNextIsHandled(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> ref = talaria.actor("moody", Note.class, note -> {
                got.add(note.number());
                if (note.number() % 3 == 0) {
                    throw FAULT;
                }
            });
            for (int i = 1; i <= 9; i++) {
                ref.tell(new Note(i)).orThrow();
            }
            EngineStats stats = Fabric.settle(talaria);
            assertEquals(9, stats.accepted());
            assertEquals(6, stats.handled());
            assertEquals(3, stats.dead());
        }
        assertEquals(IntStream.rangeClosed(1, 9).boxed().toList(), got, "state stays, nothing twice, nothing skipped");
        assertEquals(List.of(new Note(3), new Note(6), new Note(9)), messages(fabric));
        for (DeadLetter letter : fabric.letters()) {
            assertEquals(Reason.HANDLER_FAILED, letter.reason());
            assertEquals("moody", letter.target());
            assertSame(FAULT, letter.cause());
        }
        assertEquals(3, fabric.errors().size());
        assertTrue(
                fabric.errors().get(0).where().contains("moody"),
                fabric.errors().get(0).where());
        assertSame(FAULT, fabric.errors().get(0).cause());
    }

    private static List<Object> messages(Fabric fabric) {
        List<Object> messages = new ArrayList<>();
        fabric.letters().forEach(letter -> messages.add(letter.message()));
        return messages;
    }

    /** R13: an Error is caught as an exception is; the worker lives. */
    @BothEngines
    void anErrorDoesNotKillTheWorker(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> ref = talaria.actor("moody", Note.class, note -> {
                if (note.number() == 1) {
                    throw new StackOverflowError("on purpose");
                }
                if (note.number() == 2) {
                    throw new AssertionError("on purpose");
                }
                got.add(note.number());
            });
            for (int i = 0; i < 5; i++) {
                ref.tell(new Note(i)).orThrow();
            }
            Fabric.settle(talaria);
        }
        assertEquals(List.of(0, 3, 4), got);
        assertEquals(List.of(Reason.HANDLER_FAILED, Reason.HANDLER_FAILED), fabric.reasons());
        assertInstanceOf(
                StackOverflowError.class,
                fabric.letters().get(0).cause(),
                "the handler's own error, not that a block failed");
        assertInstanceOf(AssertionError.class, fabric.letters().get(1).cause());
    }

    /** What a handler sent before it threw is sent: no transaction is promised, and no send is lost silently. */
    @BothEngines
    void whatWasSentBeforeTheFailureIsSent(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> sink = talaria.actor("sink", Note.class, note -> got.add(note.number()));
            ActorRef<Note> source = talaria.actor("source", Note.class, note -> {
                sink.tell(note).orThrow();
                throw FAULT;
            });
            source.tell(new Note(1)).orThrow();
            source.tell(new Note(2)).orThrow();
            Fabric.settle(talaria);
        }
        assertEquals(List.of(1, 2), got);
    }

    /** A listener that throws is logged; the engine, and the accounting, go on. */
    @BothEngines
    void aListenerThatThrowsHurtsNobody(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open(config -> config.onDeadLetter(letter -> {
                    throw new IllegalArgumentException("listener, on purpose");
                })
                .onError(error -> {
                    throw new IllegalArgumentException("listener, on purpose");
                }))) {
            ActorRef<Note> ref = talaria.actor("moody", Note.class, note -> {
                if (note.number() == 1) {
                    throw FAULT;
                }
                got.add(note.number());
            });
            for (int i = 0; i < 3; i++) {
                ref.tell(new Note(i)).orThrow();
            }
            assertEquals(1, Fabric.settle(talaria).dead());
        }
        assertEquals(List.of(0, 2), got);
    }

    static final class FailsToStart extends Actor<Note> {
        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> {});
        }

        @Override
        protected void started() {
            throw FAULT;
        }
    }

    /** What {@code started} throws stops the actor: what was sent to it dies with a reason. */
    @BothEngines
    void anActorThatFailsToStartIsStopped(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("stillborn", FailsToStart::new);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        Fabric.drain(talaria);
        assertEquals(Outcome.NO_SUCH_ENDPOINT, ref.tell(new Note(2)));
        assertTrue(messages(fabric).contains(new Note(1)), () -> "" + fabric.letters());
        assertTrue(fabric.errors().stream().anyMatch(error -> error.cause() == FAULT), fabric.errors()::toString);
        Fabric.balanced(talaria);
    }

    static final class PartlyDeaf extends Actor<Object> {
        @Override
        protected Receive<Object> receive() {
            return on(Note.class, note -> {});
        }
    }

    /** A message that a receiver has no handler for is a dead letter UNHANDLED, not silence. */
    @BothEngines
    void whatNobodyHandlesDies(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Object> ref = talaria.actor("deaf", PartlyDeaf::new);
        Fabric.drain(talaria);
        long before = talaria.stats().handled();
        ref.tell(new Note(1)).orThrow();
        ref.tell(new Text("nobody listens")).orThrow();
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(1, stats.handled() - before);
        assertEquals(1, stats.dead());
        assertEquals(List.of(Reason.UNHANDLED), fabric.reasons());
    }
}
