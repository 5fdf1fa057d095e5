package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Messages that are worth nothing after a time: A6, N6. */
class TimeToLiveTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Integer> got = new ArrayList<>();

    private ActorRef<Note> notes(Talaria talaria) {
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        return ref;
    }

    /** A6. */
    @BothEngines
    void whatWaitedTooLongIsADeadLetter(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = notes(talaria);
        assertEquals(Outcome.ACCEPTED, ref.expiringAfter(SECOND).tell(new Note(1)));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(2)));
        fabric.clock().advance(SECOND.plusNanos(1));
        Fabric.drain(talaria);
        assertEquals(List.of(2), got);
        assertEquals(List.of(Reason.EXPIRED), fabric.reasons());
        assertEquals(new Note(1), fabric.letters().get(0).message());
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(1, stats.dead());
    }

    /** N6: counted from the send, not from when the endpoint was made. */
    @BothEngines
    void theTimeIsCountedFromTheSend(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Ref<Note> ref = notes(talaria).expiringAfter(Duration.ofSeconds(30));
        fabric.clock().advance(Duration.ofSeconds(31));
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(1)));
        fabric.clock().advance(Duration.ofSeconds(30));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
        assertEquals(List.of(), fabric.letters());
    }

    @BothEngines
    void itHoldsForBatchesAndForWhatHandlersSend(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Ref<Note> ref = notes(talaria).expiringAfter(SECOND);
        ActorRef<Note> relay = talaria.actor("relay", Note.class, note -> {
            assertEquals(Outcome.ACCEPTED, ref.tell(note));
            fabric.clock().advance(note.number() == 3 ? SECOND.plusNanos(1) : Duration.ZERO);
        });
        assertEquals(Outcome.ACCEPTED, ref.tellAll(List.of(new Note(1), new Note(2))));
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, relay.tell(new Note(3)));
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, relay.tell(new Note(4)));
        Fabric.drain(talaria);
        assertEquals(2, ref.tellSome(List.of(new Note(5), new Note(6)), 0));
        fabric.clock().advance(SECOND.plusNanos(1));
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2, 4), got);
        assertEquals(List.of(Reason.EXPIRED, Reason.EXPIRED, Reason.EXPIRED), fabric.reasons());
        Fabric.balanced(talaria);
    }

    @BothEngines
    void aRequestThatExpiresFailsItsAsker(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Add> adder = talaria.answering("adder", Add.class, add -> new Sum(0));
        CompletionStage<Sum> sum = adder.expiringAfter(SECOND).ask(new Add(1, 2), Duration.ofSeconds(5));
        fabric.clock().advance(SECOND.plusNanos(1));
        Fabric.drain(talaria);
        RequestFailedException failure = assertInstanceOf(RequestFailedException.class, Await.failure(sum));
        assertEquals(Reason.EXPIRED, failure.reason());
    }

    @BothEngines
    void aTimeThatIsNoneIsRefused(Fabric fabric) {
        ActorRef<Note> ref = notes(fabric.invoker());
        for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            String text = assertThrows(IllegalArgumentException.class, () -> ref.expiringAfter(none))
                    .getMessage();
            assertEquals("time to live " + none + " is out of range: give more than zero", text);
        }
    }
}
