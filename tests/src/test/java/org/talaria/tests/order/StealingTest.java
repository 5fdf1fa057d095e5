package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Actors;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.DeepSleep;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** Who drains a shard: with stealing whoever has time, without it its home worker alone, which is then the one to be woken. */
class StealingTest {
    private static final int WORKERS = 2;
    private static final int SHARDS = 4;

    @TempDir
    Path folder;

    /** Shards 0 and 2 are at home on worker 0, whose handler waits for a latch; 1 and 3 on worker 1, which has nothing to do in between. */
    private static final class Scene {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicReference<Thread> busyThread = new AtomicReference<>();
        final AtomicReference<Thread> besideThread = new AtomicReference<>();
        final AtomicInteger otherHandled = new AtomicInteger();
        final ActorRef<Note> beside;
        final ActorRef<Note> other;

        Scene(Talaria talaria) throws InterruptedException {
            ActorRef<Note> busy = on(talaria, 0).actor("busy", Note.class, note -> {
                busyThread.set(Thread.currentThread());
                entered.countDown();
                await(release);
            });
            beside = on(talaria, 2).actor("beside", Note.class, note -> besideThread.set(Thread.currentThread()));
            other = on(talaria, 1).actor("other", Note.class, note -> otherHandled.incrementAndGet());
            busy.tell(new Note(1)).orThrow();
            entered.await();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Actors on(Talaria talaria, int shard) {
        return talaria.with(ActorOptions.options().onShard(shard));
    }

    @NativeOnly
    void withStealingAnotherWorkerTakesTheShardsOfABusyOne(Fabric fabric) throws InterruptedException {
        Talaria talaria = fabric.open(config -> config.workers(WORKERS).shards(SHARDS));
        Scene scene = new Scene(talaria);
        scene.beside.tell(new Note(1)).orThrow();
        Await.until("it is stolen", () -> scene.besideThread.get() != null);
        scene.release.countDown();
        Fabric.settle(talaria);
        assertNotEquals(scene.busyThread.get(), scene.besideThread.get());
        assertTrue(talaria.stats().steals() > 0, () -> talaria.stats().toString());
    }

    @NativeOnly
    void withoutStealingTheShardsOfABusyWorkerWaitForIt(Fabric fabric) throws InterruptedException {
        Talaria talaria =
                fabric.open(config -> config.workers(WORKERS).shards(SHARDS).stealing(false));
        // Worker 0 is busy with the first message; where worker 1 had taken it, the second shows it.
        Scene scene = new Scene(talaria);
        scene.beside.tell(new Note(1)).orThrow();
        for (int i = 1; i <= Scale.of(200); i++) {
            // Worker 1 comes to its end of work each time, and would look around for more
            int number = i;
            scene.other.tell(new Note(i)).orThrow();
            Await.until("note " + number + " is handled", () -> scene.otherHandled.get() == number);
        }
        Thread early = scene.besideThread.get();
        scene.release.countDown();
        Fabric.settle(talaria);
        assertEquals(null, early, "handled while its home worker was busy");
        assertEquals(scene.busyThread.get(), scene.besideThread.get(), "one home worker, one thread");
        assertEquals(0, talaria.stats().steals());
    }

    /** Workers park without a time-out: had another been woken than the home worker, the message would wait for ever. */
    @NativeOnly
    void withoutStealingTheHomeWorkerIsWoken(Fabric fabric) {
        Random random = new Random(Seeds.of("withoutStealingTheHomeWorkerIsWoken"));
        Talaria talaria = fabric.open(config ->
                DeepSleep.configure(config.workers(WORKERS).shards(SHARDS).stealing(false), folder));
        AtomicInteger handled = new AtomicInteger();
        AtomicReference<String> by = new AtomicReference<>("");
        List<ActorRef<Note>> refs = IntStream.range(0, SHARDS)
                .mapToObj(shard -> on(talaria, shard).actor("on-" + shard, Note.class, note -> {
                    by.set(Thread.currentThread().getName());
                    handled.set(note.number());
                }))
                .toList();
        for (int i = 1; i <= Scale.of(5_000); i++) {
            for (int spins = random.nextInt(1 << random.nextInt(12)); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            int number = i;
            int shard = random.nextInt(SHARDS);
            refs.get(shard).tell(new Note(i)).orThrow();
            Await.until("message " + number + " is handled", () -> handled.get() == number);
            assertEquals("talaria-worker-" + shard % WORKERS, by.get());
        }
        Fabric.settle(talaria);
        assertEquals(0, talaria.stats().steals());
    }
}
