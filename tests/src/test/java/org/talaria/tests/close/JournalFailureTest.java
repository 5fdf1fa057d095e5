package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.journal.Journal;
import org.talaria.tests.messages.Blob;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.nativeside.HandlerLibrary;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** R23: what an engine does whose journal fails, and what a flush waits for. */
class JournalFailureTest {
    @TempDir
    Path folder;

    private Talaria talaria;

    private FakeJournal open(Fabric fabric, Journal.Mode mode, Journal.OnFailure then, Consumer<TalariaConfig> change) {
        return FakeJournal.within(
                folder,
                () -> talaria = fabric.open(config -> {
                    config.journal(Journal.at(folder).mode(mode).onFailure(then));
                    change.accept(config);
                }));
    }

    /** Handled implies journaled: with nothing journaled nothing is ever handled, the failure included. */
    @BothEngines
    void underWriteAheadAndStopWhatIsLeftDies(Fabric fabric) {
        FakeJournal journal = open(fabric, Journal.Mode.WRITE_AHEAD, Journal.OnFailure.STOP, config -> {});
        List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> handled.add(note.number()));
        for (int i = 0; i < 10; i++) {
            notes.tell(new Note(i)).orThrow();
        }
        journal.fail(new IOException("no room, on purpose"));
        journal.awaitFailure();
        EngineStats stats = Fabric.settle(talaria);
        assertEquals(List.of(), handled);
        assertEquals(Collections.nCopies(10, Reason.CLOSED), fabric.reasons());
        assertEquals(10, stats.dead());
        assertEquals(Outcome.CLOSED, notes.tell(new Note(10)));
        assertEquals(1, fabric.errors().size(), () -> "" + fabric.errors());
    }

    /** Closing says CLOSED to the living only: what is not journaled is not handled, by C++ either, which asks the home word alone. */
    @NativeOnly
    void closeDoesNotReviveWhatAFailureStopped(Fabric fabric) {
        FakeJournal journal = open(fabric, Journal.Mode.WRITE_AHEAD, Journal.OnFailure.STOP, TalariaConfig::invoker);
        ActorRef<Ping> moody = talaria.nativeActor("moody", Ping.class, HandlerLibrary.handler("moody"));
        for (int i = 0; i < 10; i++) {
            moody.tell(new Ping(2)).orThrow();
        }
        journal.fail(new IOException("no room, on purpose"));
        journal.awaitFailure();
        talaria.close();
        assertEquals(10, talaria.stats().dead());
        assertEquals(10, fabric.reasons().size());
    }

    @BothEngines
    void underContinueWhatIsLeftIsHandled(Fabric fabric) {
        FakeJournal journal = open(fabric, Journal.Mode.WRITE_AHEAD, Journal.OnFailure.CONTINUE, config -> {});
        List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> handled.add(note.number()));
        notes.tell(new Note(0)).orThrow();
        journal.fail(new IOException("no room, on purpose"));
        journal.awaitFailure();
        notes.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(0, 1), handled);
        assertEquals(List.of(), fabric.reasons());
    }

    /** The listener is told when nothing waits for the journal any more; its thread may not close, which would join it. */
    @BothEngines
    void aListenerThatClosesIsRefused(Fabric fabric) {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        FakeJournal[] journal = new FakeJournal[1];
        Consumer<TalariaConfig> closing = config -> config.onError(error -> {
            told.add("journaled " + (journal[0].journaled(0) == Long.MAX_VALUE));
            try {
                talaria.close();
                told.add("closed");
            } catch (IllegalStateException refused) {
                told.add(refused.getMessage().contains("another thread") ? "refused" : "" + refused);
            }
        });
        journal[0] = open(fabric, Journal.Mode.ASYNC, Journal.OnFailure.STOP, closing);
        journal[0].fail(new IOException("no room, on purpose"));
        journal[0].awaitFailure();
        assertEquals(List.of("journaled true", "refused"), List.copyOf(told));
        talaria.close();
    }

    /** What handlers sent is accepted, and may wait in an overflow, where no journal sees it. */
    @BothEngines
    void aFlushWaitsForOverflows(Fabric fabric) {
        FakeJournal journal = open(fabric, Journal.Mode.ASYNC, Journal.OnFailure.STOP, config -> config.invoker()
                .shards(2));
        journal.keepUp();
        int blobs = 100;
        List<Integer> got = new ArrayList<>();
        ActorRef<Blob> sink = talaria.with(ActorOptions.options().onShard(1))
                .actor("sink", Blob.class, blob -> got.add(blob.bytes().length));
        ActorRef<Note> source = talaria.with(ActorOptions.options().onShard(0)).actor("source", Note.class, note -> {
            for (int i = 0; i < blobs; i++) {
                sink.tell(new Blob(new byte[2_000])).orThrow();
            }
        });
        source.tell(new Note(1)).orThrow();
        talaria.invoke();
        assertTrue(got.size() < blobs, "there are more than a ring takes");
        talaria.flushJournal();
        assertEquals(0, journal.overflowsAtFlush());
        Fabric.drain(talaria);
        assertEquals(blobs, got.size());
    }
}
