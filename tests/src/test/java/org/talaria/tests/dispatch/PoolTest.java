package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** As many workers as there is work for. */
class PoolTest {
    private static long active(Talaria talaria) {
        return talaria.monitor().snapshot().counters().get("active workers");
    }

    /** Handlers that wait: each keeps a worker for itself, and another shard waits. */
    @NativeOnly
    void itGrowsWhileShardsWaitAndShrinksWhenNothingDoes(Fabric fabric) {
        Talaria talaria =
                fabric.open(config -> config.workers(3).leastWorkers(1).shards(8));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        List<ActorRef<Note>> refs = IntStream.range(0, 5)
                .mapToObj(i -> talaria.with(ActorOptions.options().onShard(i)).actor("held-" + i, Note.class, note -> {
                    inside.incrementAndGet();
                    awaitQuietly(release);
                }))
                .toList();
        assertEquals(1, active(talaria));
        refs.forEach(ref -> ref.tell(new Note(1)).orThrow());
        Await.until("three handlers run", () -> inside.get() == 3);
        assertEquals(3, active(talaria), "no more than the most");
        release.countDown();
        Fabric.settle(talaria);
        assertEquals(5, inside.get());
        Await.until("it has shrunk", () -> active(talaria) == 1);
        // What was at home on those that rest is handled
        refs.forEach(ref -> ref.tell(new Note(2)).orThrow());
        Fabric.settle(talaria);
        assertEquals(10, inside.get());
    }

    @NativeOnly
    void aFixedNumberStays(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2));
        assertEquals(2, active(talaria));
    }

    @Test
    void whatContradictsItselfIsRefused() {
        refused(TalariaConfig.config().workers(3).leastWorkers(4), "1 to 3");
        refused(TalariaConfig.config().workers(2).leastWorkers(1).stealing(false), "stealing");
    }

    private static void refused(TalariaConfig config, String because) {
        String text = assertThrows(IllegalArgumentException.class, () -> Talaria.open(config))
                .getMessage();
        assertTrue(text.contains(because), text);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
