package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.CallInterruptedException;
import org.talaria.DeadLetter.Reason;
import org.talaria.IdleStrategy;
import org.talaria.Outcome;
import org.talaria.Receiver;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Mailboxes that threads take from: {@code receive()}. */
class ReceiverTest {
    private static FutureTask<Note> receiving(Receiver<Note> receiver, Duration timeout) {
        FutureTask<Note> task = new FutureTask<>(() -> receiver.receive(timeout));
        Thread thread = new Thread(task, "receiving");
        thread.start();
        Await.waiting(thread);
        return task;
    }

    @BothEngines
    void messagesAreTakenInOrder(Fabric fabric) {
        Talaria talaria = fabric.open();
        try (Receiver<Note> receiver = talaria.receiver("notes", Note.class)) {
            assertNull(receiver.poll());
            for (int i = 0; i < 3; i++) {
                assertEquals(Outcome.ACCEPTED, receiver.ref().tell(new Note(i)));
            }
            assertEquals(new Note(0), receiver.poll());
            assertEquals(new Note(1), receiver.receive(Duration.ZERO));
            assertEquals(new Note(2), receiver.receive(Fabric.LONG));
            assertNull(receiver.poll());
        }
        Fabric.settle(talaria);
    }

    /** Told by a thread, and by a handler: on the native engine C++ or Java wakes. */
    @BothEngines
    void whoWaitsIsWoken(Fabric fabric) {
        Talaria talaria = fabric.open();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        ActorRef<Note> relay =
                talaria.actor("relay", Note.class, note -> receiver.ref().tell(note));
        for (int i = 0; i < 20; i++) {
            FutureTask<Note> waiting = receiving(receiver, Fabric.LONG);
            assertEquals(Outcome.ACCEPTED, (i % 2 == 0 ? receiver.ref() : relay).tell(new Note(i)));
            assertEquals(new Note(i), Await.value(waiting));
        }
        Fabric.settle(talaria);
    }

    @BothEngines
    void aTimeOutComesByTheClockOfTheEngine(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        FutureTask<Note> waiting = receiving(receiver, Duration.ofMillis(2));
        assertFalse(waiting.isDone());
        fabric.clock().advance(Duration.ofMillis(2));
        assertNull(Await.value(waiting));
    }

    @BothEngines
    void anInterruptEndsTheWait(Fabric fabric) {
        Receiver<Note> receiver = fabric.open().receiver("notes", Note.class);
        FutureTask<Note> task = new FutureTask<>(() -> receiver.receive(Fabric.LONG));
        Thread thread = new Thread(task, "receiving");
        thread.start();
        Await.waiting(thread);
        thread.interrupt();
        assertTrue(
                assertThrows(java.util.concurrent.ExecutionException.class, task::get)
                                .getCause()
                        instanceof CallInterruptedException);
    }

    /** R8: who gives the shard back wakes one who waits. The first message is dead, and its listener holds the shard while the second thread looks and parks. */
    @BothEngines
    void whoTakesOneWakesTheNext(Fabric fabric) {
        // Behind the watchdog: who is not woken must not look again by itself
        Duration forever = Fabric.LONG.multipliedBy(10);
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        CompletableFuture<Boolean> go = new CompletableFuture<>();
        Talaria talaria = fabric.invoker(config -> config.onDeadLetter(letter -> {
            held.complete(true);
            Await.value(go);
        }));
        Receiver<Note> receiver = talaria.receiver("notes", Note.class).idle(IdleStrategy.backoff(0, 0, forever));
        receiver.ref().expiringAfter(Duration.ofNanos(1)).tell(new Note(0)).orThrow();
        receiver.ref().tell(new Note(1)).orThrow();
        receiver.ref().tell(new Note(2)).orThrow();
        fabric.clock().advance(Duration.ofNanos(2));
        FutureTask<Note> first = new FutureTask<>(() -> receiver.receive(forever));
        new Thread(first, "first").start();
        Await.value(held);
        FutureTask<Note> second = receiving(receiver, forever);
        go.complete(true);
        assertEquals(3, Await.value(first).number() + Await.value(second).number());
    }

    /** Each message to one of them, none twice; the order of each sender within each receiver. */
    @BothEngines
    void severalTakeTurns(Fabric fabric) {
        int each = 5_000;
        int senders = 3;
        int takers = 3;
        Talaria talaria = fabric.open();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        AtomicLong left = new AtomicLong((long) each * senders);
        List<FutureTask<List<Integer>>> taking = IntStream.range(0, takers)
                .mapToObj(i -> new FutureTask<>(() -> {
                    List<Integer> got = new ArrayList<>();
                    while (left.get() > 0) {
                        Note note = receiver.receive(Duration.ofMillis(1));
                        if (note != null) {
                            got.add(note.number());
                            left.decrementAndGet();
                        }
                    }
                    return got;
                }))
                .toList();
        taking.forEach(task -> new Thread(task, "taking").start());
        IntStream.range(0, senders).parallel().forEach(sender -> {
            for (int i = 0; i < each; i++) {
                assertEquals(
                        Outcome.ACCEPTED, receiver.ref().within(Fabric.LONG).tell(new Note(sender * each + i)));
            }
        });
        List<Integer> all = new ArrayList<>();
        for (FutureTask<List<Integer>> task : taking) {
            List<Integer> got = Await.value(task);
            int[] last = new int[senders];
            for (int number : got) {
                assertTrue(number + 1 > last[number / each], () -> number + " out of order");
                last[number / each] = number + 1;
            }
            all.addAll(got);
        }
        Collections.sort(all);
        assertEquals(IntStream.range(0, each * senders).boxed().toList(), all);
        Fabric.settle(talaria);
    }

    @BothEngines
    void whatWaitsAtItsEndIsDead(Fabric fabric) {
        Talaria talaria = fabric.open();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        receiver.ref().tell(new Note(1)).orThrow();
        receiver.close();
        assertEquals(List.of(Reason.STOPPED), fabric.reasons());
        assertEquals(Outcome.NO_SUCH_ENDPOINT, receiver.ref().tell(new Note(2)));
        assertNull(receiver.poll());
        receiver.close();
        Fabric.settle(talaria);
    }

    /** Their shards are used again; so many at a time. */
    @BothEngines
    void thereAreSoManyAtATime(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.receivers(2));
        Receiver<Note> first = talaria.receiver("first", Note.class);
        talaria.receiver("second", Note.class);
        assertEquals(
                "all 2 receivers shards are in use: stop an endpoint that has one, or open with more by receivers(…)",
                assertThrows(TalariaException.class, () -> talaria.receiver("third", Note.class))
                        .getMessage());
        first.close();
        Receiver<Note> third = talaria.receiver("third", Note.class);
        third.ref().tell(new Note(3)).orThrow();
        assertEquals(new Note(3), third.receive(Fabric.LONG));
    }

    /** Who still calls a receiver that has ended takes nothing of the one that has its shard now. */
    @BothEngines
    void theEndedTakeNothingOfTheNext(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.receivers(1));
        Receiver<Note> ended = talaria.receiver("ended", Note.class);
        ended.close();
        Receiver<Note> next = talaria.receiver("next", Note.class);
        next.ref().tell(new Note(1)).orThrow();
        assertNull(ended.poll());
        assertNull(ended.receive(Duration.ZERO));
        assertEquals(new Note(1), next.poll());
        talaria.stop(next.ref());
        assertNull(next.receive(Fabric.LONG));
    }

    @BothEngines
    void aHandlerMustNotWait(Fabric fabric) {
        Talaria talaria = fabric.open();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> receiver.receive(Fabric.LONG));
        bad.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(Reason.HANDLER_FAILED), fabric.reasons());
    }

    /** Closing the engine: what nobody took is dead, behind the close deadline. */
    @BothEngines
    void closingTheEngineLosesNothing(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.closeDeadline(Duration.ofMillis(1)));
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        receiver.ref().tell(new Note(1)).orThrow();
        talaria.close();
        assertEquals(List.of(Reason.CLOSED), fabric.reasons());
        assertNull(receiver.poll());
    }
}
