package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.message.Codec;
import org.talaria.tests.messages.Blob;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** What one send does, and what its outcome says. */
class TellTest {
    private static List<Note> notes(int from, int to) {
        return IntStream.range(from, to).mapToObj(Note::new).toList();
    }

    @BothEngines
    void whatIsToldIsHandledInOrder(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
            for (int i = 0; i < 10_000; i++) {
                assertEquals(Outcome.ACCEPTED, ref.tell(new Note(i)));
            }
            EngineStats stats = Fabric.settle(talaria);
            assertEquals(10_000, stats.accepted());
            assertEquals(10_000, stats.handled());
        }
        assertEquals(IntStream.range(0, 10_000).boxed().toList(), got);
    }

    @BothEngines
    void theRecordIsInTheRingWhenTellReturns(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        ref.tell(new Note(1)).orThrow();
        assertEquals(1, talaria.stats().inFlight());
        assertEquals(List.of(), got);
        assertEquals(1, talaria.invoke());
        assertEquals(List.of(1), got);
        Fabric.balanced(talaria);
    }

    /** A7: two sent, one taken: two wait, then one. */
    @BothEngines
    void inFlightCountsWhatWaits(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.batchRecords(1).shards(1));
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {});
        Fabric.drain(talaria);
        ref.tell(new Note(1)).orThrow();
        ref.tell(new Note(2)).orThrow();
        assertEquals(2, talaria.stats().inFlight());
        assertEquals(1, talaria.invoke());
        assertEquals(1, talaria.stats().inFlight());
        Fabric.drain(talaria);
        assertEquals(0, talaria.stats().inFlight());
    }

    @BothEngines
    void aTailOfAnyContentArrives(Fabric fabric) {
        List<String> got = new ArrayList<>();
        List<String> sent = List.of("", "a", "grüße", "日本", "\u0000", "x".repeat(3_000), "\uD83D\uDE00");
        try (Talaria talaria = fabric.open()) {
            ActorRef<Text> ref = talaria.actor("texts", Text.class, text -> got.add(text.text()));
            sent.forEach(text -> ref.tell(new Text(text)).orThrow());
            Fabric.settle(talaria);
        }
        assertEquals(sent, got);
    }

    @BothEngines
    void aMessageOverTheMaximumIsTooLargeBeforeAnythingIsClaimed(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.invoker(config -> config.maxMessageBytes(1_024));
        ActorRef<Blob> ref = talaria.actor("blobs", Blob.class, blob -> got.add(blob.bytes().length));
        Fabric.drain(talaria);
        int overhead = Codec.of(Blob.class).encodedLength(new Blob(new byte[0]));
        int most = 1_024 - overhead;
        assertEquals(Outcome.ACCEPTED, ref.tell(new Blob(new byte[most])));
        assertEquals(Outcome.TOO_LARGE, ref.tell(new Blob(new byte[most + 1])));
        assertEquals(Outcome.TOO_LARGE, ref.tell(new Blob(new byte[1 << 20])));
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(List.of(most), got);
        assertEquals(1, stats.accepted());
        assertEquals(2, stats.refused());
    }

    @BothEngines
    void tellAllIsOneClaimInOrder(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
            assertEquals(Outcome.ACCEPTED, ref.tellAll(notes(0, 100)));
            assertEquals(Outcome.ACCEPTED, ref.tell(new Note(100)));
            assertEquals(Outcome.ACCEPTED, ref.tellAll(notes(101, 200)));
            assertEquals(200, Fabric.settle(talaria).accepted());
        }
        assertEquals(IntStream.range(0, 200).boxed().toList(), got);
    }

    @BothEngines
    void tellAllTakesAllOrNothing(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(3, BackPressure.FAIL)))
                .actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(0)));
        assertEquals(Outcome.BACK_PRESSURED, ref.tellAll(notes(10, 13)));
        assertEquals(1, talaria.stats().accepted());
        assertEquals(Outcome.ACCEPTED, ref.tellAll(notes(20, 22)));
        Fabric.drain(talaria);
        assertEquals(List.of(0, 20, 21), got);
        assertEquals(Outcome.ACCEPTED, ref.tellAll(notes(30, 33)));
        Fabric.drain(talaria);
        assertEquals(List.of(0, 20, 21, 30, 31, 32), got);
    }

    @BothEngines
    void aBatchThatCanNeverFitIsTooLarge(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Blob> ref = talaria.actor("blobs", Blob.class, blob -> {});
        Fabric.drain(talaria);
        List<Blob> batch =
                IntStream.range(0, 100).mapToObj(i -> new Blob(new byte[2_000])).toList();
        assertEquals(Outcome.TOO_LARGE, ref.tellAll(batch));
        assertEquals(0, talaria.stats().accepted());
        Fabric.drain(talaria);
        Fabric.balanced(talaria);
    }

    @BothEngines
    void tellSomeSaysHowManyItTook(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(3, BackPressure.BLOCK)))
                .actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        List<Note> batch = notes(0, 8);
        int sent = 0;
        List<Integer> taken = new ArrayList<>();
        while (sent < batch.size()) {
            int now = ref.tellSome(batch, sent);
            taken.add(now);
            sent += now;
            assertEquals(sent < batch.size() ? 0 : sent - batch.size(), ref.tellSome(batch, sent), "it never waits");
            Fabric.drain(talaria);
        }
        assertEquals(List.of(3, 3, 2), taken);
        assertEquals(IntStream.range(0, 8).boxed().toList(), got);
    }

    @BothEngines
    void tellSomeIntoAFullRingTakesWhatFits(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria =
                fabric.invoker(config -> config.ringCapacityBytes(4_096).maxMessageBytes(512));
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        List<Note> batch = notes(0, 1_000);
        int sent = 0;
        while (sent < batch.size()) {
            int now;
            while ((now = ref.tellSome(batch, sent)) > 0) {
                sent += now;
            }
            assertTrue(talaria.stats().inFlight() > 0, "nothing fits an empty ring");
            Fabric.drain(talaria);
        }
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), got);
    }

    /** R11: nothing of the user's runs between claim and commit: a list that throws when it is read once too often leaves no hole in the ring. */
    @BothEngines(seconds = 20)
    void aListThatThrowsLateLeavesNoHole(Fabric fabric) {
        AtomicLong handled = new AtomicLong();
        Talaria talaria = fabric.open(config -> config.shards(1).closeDeadline(Duration.ofMillis(100)));
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> handled.incrementAndGet());
        long accepted = 0;
        for (int patience = 0; patience < 16; patience++) {
            try {
                accepted += ref.tellAll(new Moody(patience)).accepted() ? 3 : 0;
            } catch (IllegalStateException expected) {
                assertEquals("read too often", expected.getMessage());
            }
            ref.tell(new Note(1)).orThrow();
            accepted++;
        }
        assertTrue(talaria.quiesce(Duration.ofSeconds(5)), "a hole: the drainer waits for ever");
        assertEquals(accepted, handled.get());
    }

    /** Three notes, and an exception once it was read too often. */
    private static final class Moody extends AbstractList<Note> {
        private final int patience;
        private int reads;

        Moody(int patience) {
            this.patience = patience;
        }

        @Override
        public Note get(int index) {
            if (reads++ >= patience) {
                throw new IllegalStateException("read too often");
            }
            return new Note(1_000 + index);
        }

        @Override
        public int size() {
            return 3;
        }
    }

    @BothEngines
    void aNarrowedReferenceIsTheSameAddress(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
            Ref<Note> narrow = Ref.narrow(ref);
            narrow.tell(new Note(1)).orThrow();
            ref.within(Fabric.LONG).tell(new Note(2)).orThrow();
            assertEquals("notes", narrow.name());
            Fabric.settle(talaria);
        }
        assertEquals(List.of(1, 2), got);
    }
}
