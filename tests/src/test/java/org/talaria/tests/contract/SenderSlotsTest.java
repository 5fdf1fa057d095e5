package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** More threads than an engine knows: those too many are refused, the engine's own have their places. */
class SenderSlotsTest {
    private static final int SLOTS = 4_095;
    private static final long SMALL_STACK = 64 << 10;

    @BothEngines
    void theWorkersHaveTheirsFirst(Fabric fabric) throws InterruptedException {
        Talaria talaria = fabric.open();
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        takePlace(notes);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger ready = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < SLOTS; i++) {
                Runnable sender = () -> {
                    try {
                        takePlace(notes);
                    } catch (TalariaException e) {
                        refused.incrementAndGet();
                    }
                    ready.incrementAndGet();
                    await(done);
                };
                Thread thread = new Thread(null, sender, "sender-" + i, SMALL_STACK);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
            Await.until("all are known or refused", () -> ready.get() == SLOTS);
            assertTrue(refused.get() > 0, "the places are used up");
            assertEquals(Outcome.ACCEPTED, notes.tell(new Note(1)));
            Fabric.settle(talaria);
            assertEquals(List.of(1), got);
        } finally {
            done.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** Makes the calling thread known to the engine; sends nothing. */
    private static void takePlace(ActorRef<Note> notes) {
        assertEquals(0, notes.tellSome(List.of(), 0));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
