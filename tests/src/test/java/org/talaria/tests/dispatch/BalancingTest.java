package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** Endpoints that are busy and share a shard are parted where a worker has time to spare. The Java engine has one worker: nothing to balance. */
class BalancingTest {
    private static final long BUSY_NS = 200_000;

    /** Actors that are busy all the time: each sends itself a note, and works for a while. */
    private static final class Busy {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<ActorRef<Note>> refs;

        Busy(Talaria talaria, int count, ActorOptions options) {
            refs = IntStream.range(0, count)
                    .mapToObj(i -> talaria.with(options).actor("busy-" + i, Note.class, (note, context) -> {
                        long until = System.nanoTime() + BUSY_NS;
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        if (!ended.get()) {
                            talaria.find(context.self().name(), Note.class)
                                    .orElseThrow()
                                    .tell(note)
                                    .orThrow();
                        }
                    }))
                    .toList();
        }

        void start() {
            refs.forEach(ref -> ref.tell(new Note(1)).orThrow());
        }

        int shard(Talaria talaria, int i) {
            return talaria.shardOf(refs.get(i));
        }
    }

    private static Talaria open(Fabric fabric, UnaryOperator<TalariaConfig> change) {
        return fabric.open(config -> change.apply(config.workers(2).shards(4).balancing(true)));
    }

    /** Both on the first shard: moved there by hand, so not pinned. */
    private static Busy together(Talaria talaria) {
        Busy busy = new Busy(talaria, 2, ActorOptions.options());
        busy.refs.forEach(ref -> talaria.move(ref, 0));
        return busy;
    }

    @NativeOnly
    void twoBusyOnesOfAShardAreParted(Fabric fabric) {
        Talaria talaria = open(fabric, config -> config);
        Busy busy = together(talaria);
        busy.start();
        Await.until("they are parted", () -> busy.shard(talaria, 0) != busy.shard(talaria, 1));
        busy.ended.set(true);
        Fabric.settle(talaria);
        assertTrue(
                talaria.monitor().snapshot().counters().keySet().stream()
                        .anyMatch(label -> label.startsWith("move") && label.contains("busy-") && label.contains("%")),
                () -> talaria.monitor().snapshot().counters().toString());
    }

    /** Beside one that is parted the others rest: a third that is idle stays, and so does what was placed by hand. */
    @NativeOnly
    void whatHasAPlaceOfItsOwnStays(Fabric fabric) {
        Talaria talaria = open(fabric, config -> config);
        Busy pinned = new Busy(talaria, 2, ActorOptions.options().onShard(0));
        pinned.start();
        windows(talaria, 2);
        pinned.ended.set(true);
        Fabric.settle(talaria);
        assertEquals(0, pinned.shard(talaria, 0));
        assertEquals(0, pinned.shard(talaria, 1));
        assertEquals(0L, moves(talaria));
    }

    @NativeOnly
    void oneBusyOneStaysWhereItIs(Fabric fabric) {
        Talaria talaria = open(fabric, config -> config);
        Busy busy = new Busy(talaria, 1, ActorOptions.options());
        busy.start();
        windows(talaria, 2);
        busy.ended.set(true);
        Fabric.settle(talaria);
        assertEquals(0L, moves(talaria), "nothing would be gained");
    }

    @NativeOnly
    void withoutBalancingTheyStay(Fabric fabric) {
        Talaria talaria = open(fabric, config -> config.balancing(false));
        Busy busy = together(talaria);
        busy.start();
        windows(talaria, 2);
        busy.ended.set(true);
        Fabric.settle(talaria);
        assertEquals(busy.shard(talaria, 0), busy.shard(talaria, 1));
        assertNotEquals(0L, moves(talaria), "by hand");
    }

    private static long moves(Talaria talaria) {
        return talaria.monitor().snapshot().counters().get("moves");
    }

    /** Waits until the keeper has looked so many windows long. */
    private static void windows(Talaria talaria, int count) {
        long start = looks(talaria);
        Await.until("the keeper has looked", () -> looks(talaria) - start >= count * 50L);
    }

    private static long looks(Talaria talaria) {
        return talaria.monitor().snapshot().counters().get("looks of the keeper");
    }
}
