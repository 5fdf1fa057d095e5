package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.NoteView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.DeepSleep;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** N17 with nothing to fall back on: workers park without a time-out, so that one wake-up that is lost is a message that is never handled. The watchdog is the judge. */
class WakeUpTest {
    private static final int SHARDS = 8;

    @TempDir
    Path folder;

    private Talaria open(Fabric fabric, int workers) {
        return fabric.open(config -> DeepSleep.configure(config.workers(workers).shards(SHARDS), folder));
    }

    /** What the tests below rest on: a worker that is not woken sleeps on. */
    @BothEngines
    void aWorkerSleepsUntilItIsWoken(Fabric fabric) {
        Talaria talaria = open(fabric, 1);
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> notes = talaria.actor("notes", NoteView.TYPE, note -> handled.incrementAndGet());
        Await.until("it parks", () -> talaria.stats().parks() > 0);
        NoteClaim.tell(notes, 1).orThrow();
        Await.until("it was woken", () -> handled.get() == 1);
        Fabric.settle(talaria);
        long now = System.nanoTime();
        Await.until("it may have parked again", () -> System.nanoTime() - now > 50_000_000);
        long before = talaria.stats().parks();
        long from = System.nanoTime();
        long longerThanAnyPark = Duration.ofMillis(250).toNanos();
        Await.until("a park with a time would have ended", () -> System.nanoTime() - from > longerThanAnyPark);
        assertEquals(before, talaria.stats().parks(), "nobody woke it");
    }

    /** One message at a time, at every moment of a worker's way to bed: at once, a little later, when it sleeps. */
    @BothEngines(seconds = 120)
    void oneMessageAtATimeIsAlwaysHandled(Fabric fabric) {
        Random random = new Random(Seeds.of("oneMessageAtATimeIsAlwaysHandled " + fabric.kind()));
        int rounds = Scale.of(20_000);
        Talaria talaria = open(fabric, 2);
        AtomicInteger handled = new AtomicInteger();
        List<ActorRef<Note>> refs = IntStream.range(0, SHARDS)
                .mapToObj(shard -> talaria.with(ActorOptions.options().onShard(shard))
                        .actor("on-" + shard, NoteView.TYPE, note -> handled.set(note.number())))
                .toList();
        for (int i = 1; i <= rounds; i++) {
            pause(random, talaria);
            NoteClaim.tell(refs.get(random.nextInt(SHARDS)), i).orThrow();
            int number = i;
            Await.until("message " + number + " is handled", () -> handled.get() == number);
        }
        assertTrue(talaria.stats().parks() > rounds / 100, () -> "they did not park: " + talaria.stats());
        Fabric.settle(talaria);
    }

    private static void pause(Random random, Talaria talaria) {
        int dice = random.nextInt(64);
        if (dice == 0) {
            long before = talaria.stats().parks();
            // One of two: the other may sleep already.
            for (int i = 0; i < 10_000 && talaria.stats().parks() == before; i++) {
                Thread.onSpinWait();
            }
        } else if (dice < 32) {
            for (int spins = random.nextInt(1 << (dice >> 1 & 7) + 3); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }
    }

    /** Bursts from several threads, then silence: what woke one worker must do for all that came meanwhile. */
    @BothEngines(seconds = 120)
    void whatSeveralSendAtOnceIsAllHandled(Fabric fabric) throws InterruptedException {
        int rounds = Scale.of(1_000);
        Talaria talaria = open(fabric, 2);
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger round = new AtomicInteger();
        List<ActorRef<Note>> refs = IntStream.range(0, SHARDS)
                .mapToObj(shard -> talaria.with(ActorOptions.options().onShard(shard))
                        .actor("on-" + shard, NoteView.TYPE, note -> handled.incrementAndGet()))
                .toList();
        Runnable sender = () -> {
            for (int i = 1; i <= rounds; i++) {
                int number = i;
                Await.until("round " + number, () -> round.get() >= number);
                NoteClaim.tell(refs.get((int) (Thread.currentThread().getId() + i) % SHARDS), i)
                        .orThrow();
            }
        };
        List<Thread> senders = IntStream.range(0, 2)
                .mapToObj(i -> new Thread(sender, "sender-" + i))
                .toList();
        senders.forEach(Thread::start);
        for (int i = 1; i <= rounds; i++) {
            int all = 2 * i;
            round.set(i);
            Await.until("round " + i + " is handled", () -> handled.get() == all);
        }
        for (Thread thread : senders) {
            thread.join();
        }
        Fabric.settle(talaria);
    }

    /** Hand-overs at capacity 1 by a sender that blocks: {@code -Dtalaria.tests.scale=200} makes them 10^7. */
    @BothEngines(seconds = 120)
    void handOversAtCapacityOneToWhoBlocks(Fabric fabric) {
        int rounds = Scale.of(50_000);
        Talaria talaria = open(fabric, 1);
        long[] last = new long[1];
        long[] disorder = new long[1];
        ActorRef<Note> one = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.BLOCK)))
                .actor("one", NoteView.TYPE, note -> {
                    disorder[0] += note.number() == last[0] + 1 ? 0 : 1;
                    last[0] = note.number();
                })
                .within(Fabric.LONG);
        for (int i = 1; i <= rounds; i++) {
            Outcome outcome = NoteClaim.tell(one, i);
            if (!outcome.accepted()) {
                throw new AssertionError("hand-over " + i + ": " + outcome);
            }
        }
        Fabric.settle(talaria);
        assertEquals(rounds, last[0]);
        assertEquals(0, disorder[0]);
    }

    /** Two actors on shards of two workers: each hand-over wakes the other worker, from a worker. */
    @BothEngines(seconds = 120)
    void aTokenBetweenTwoSleepersNeverStops(Fabric fabric) throws InterruptedException {
        int rounds = Scale.of(30_000);
        Talaria talaria = open(fabric, 2);
        CountDownLatch done = new CountDownLatch(1);
        ActorRef<?>[] pair = new ActorRef<?>[2];
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            pair[i] = talaria.with(ActorOptions.options().onShard(i)).actor("side-" + i, NoteView.TYPE, note -> {
                if (note.number() == 0) {
                    done.countDown();
                } else {
                    NoteClaim.tell(notes(pair[other]), note.number() - 1).orThrow();
                }
            });
        }
        NoteClaim.tell(notes(pair[0]), rounds).orThrow();
        done.await();
        assertEquals(rounds + 1L, Fabric.settle(talaria).handled());
    }

    @SuppressWarnings("unchecked")
    private static ActorRef<Note> notes(ActorRef<?> ref) {
        return (ActorRef<Note>) ref;
    }
}
