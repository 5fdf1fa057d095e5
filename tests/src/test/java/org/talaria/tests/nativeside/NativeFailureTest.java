package org.talaria.tests.nativeside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.NativeHandler;
import org.talaria.Outcome;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.journal.Journal;
import org.talaria.tests.close.FakeJournal;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** What is told in Java of a C++ handler that failed, and what is left of it when the engine is closed. */
class NativeFailureTest {
    @TempDir
    Path folder;

    private static String refused(Runnable waits) {
        try {
            waits.run();
            return "waited";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    /** The listener runs in the worker's turn: what it sends is gathered, what would wait is refused. */
    @NativeOnly
    void itsListenerSendsAndDoesNotWait(Fabric fabric) {
        Queue<Object> told = new ConcurrentLinkedQueue<>();
        Talaria[] talaria = new Talaria[1];
        ActorRef<?>[] refs = new ActorRef<?>[2];
        talaria[0] = fabric.open(config -> config.onDeadLetter(letter -> {
            told.add(NativeFailureTest.<Note>cast(refs[0]).tell(new Note(7)));
            ActorRef<Ping> pinger = cast(refs[1]);
            told.add("call "
                    + refused(() -> pinger.within(Duration.ofMillis(100)).call(new Ping(1), Fabric.LONG)));
            told.add("close " + refused(talaria[0]::close));
        }));
        CompletableFuture<Integer> got = new CompletableFuture<>();
        refs[0] = talaria[0].actor("notes", Note.class, note -> got.complete(note.number()));
        refs[1] = talaria[0].answering("pinger", Ping.class, ping -> new Pong(1));
        ActorRef<Ping> moody = talaria[0].nativeActor("moody", Ping.class, HandlerLibrary.handler("moody"));
        assertEquals(Outcome.ACCEPTED, moody.tell(new Ping(1)));
        assertEquals(7, Await.value(got));
        Fabric.settle(talaria[0]);
        assertEquals(List.of(Outcome.ACCEPTED, "call refused", "close refused"), List.copyOf(told));
    }

    @SuppressWarnings("unchecked")
    private static <M> ActorRef<M> cast(ActorRef<?> ref) {
        return (ActorRef<M>) ref;
    }

    /** The failed reply names its cause: the C++ record, also where this worker has never run a Java block. */
    @NativeOnly
    void aJournaledActorIsToldOfItsFailedAsk(Fabric fabric) {
        for (int round = 0; round < 5; round++) {
            CountDownLatch dead = new CountDownLatch(1);
            Talaria talaria = journaled(fabric, dead);
            CompletableFuture<Throwable> failed = new CompletableFuture<>();
            ActorRef<?>[] moody = new ActorRef<?>[1];
            ActorRef<Note> asker = talaria.actor("asker", Note.class, (note, context) -> {
                if (note.number() == 0) {
                    ActorRef<Ping> asked = cast(moody[0]);
                    context.ask(asked, new Ping(1), Fabric.LONG, (pong, failure) -> failed.complete(failure));
                } else {
                    // Keeps its worker, so that the other, which has nothing of Java's, runs the C++ handler
                    dead.await();
                }
            });
            moody[0] = talaria.nativeActor("moody", Ping.class, HandlerLibrary.handler("moody"));
            asker.tellAll(List.of(new Note(0), new Note(1))).orThrow();
            RequestFailedException failure = (RequestFailedException) Await.value(failed);
            assertEquals(Reason.HANDLER_FAILED, failure.reason());
            Fabric.settle(talaria);
            talaria.close();
        }
    }

    private Talaria journaled(Fabric fabric, CountDownLatch dead) {
        Talaria[] talaria = new Talaria[1];
        FakeJournal.within(
                folder,
                () -> talaria[0] = fabric.open(config -> config.workers(2)
                        .shards(2)
                        .batchRecords(1)
                        .journal(Journal.at(folder))
                        .onDeadLetter(letter -> dead.countDown())));
        return talaria[0];
    }

    /** R28: the handle of a closed engine is not used again, for a library that is not there as little as for one that is. */
    @NativeOnly
    void afterCloseThereAreNoMoreHandlers(Fabric fabric) {
        Talaria talaria = fabric.open();
        talaria.nativeActor("moody", Ping.class, HandlerLibrary.handler("moody"));
        talaria.close();
        NativeHandler nowhere =
                NativeHandler.in(folder.resolve("libnowhere.so")).handler("moody");
        for (NativeHandler handler : List.of(nowhere, HandlerLibrary.handler("moody"))) {
            TalariaException refused =
                    assertThrows(TalariaException.class, () -> talaria.nativeActor("late", Ping.class, handler));
            assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
        }
        Talaria invoked = fabric.invoker();
        invoked.close();
        assertEquals(0, invoked.invoke());
    }
}
