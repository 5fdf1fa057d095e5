package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.Receiver;
import org.talaria.ShardFigures;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Moving an endpoint by hand: what it needs, what it refuses, and that nothing is noticed of it. */
class MoveTest {
    private final Queue<Integer> got = new ConcurrentLinkedQueue<>();

    private ActorRef<Note> onShardOne(Talaria talaria) {
        return talaria.with(ActorOptions.options().onShard(1))
                .actor("moves", Note.class, note -> got.add(note.number()));
    }

    @BothEngines
    void itLivesOnTheOtherShardAndKeepsItsOrder(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2));
        ActorRef<Note> ref = onShardOne(talaria);
        for (int i = 0; i < 100; i++) {
            ref.tell(new Note(i)).orThrow();
            if (i % 10 == 0) {
                assertTrue(talaria.move(ref, i / 10 % 4));
                assertEquals(i / 10 % 4, talaria.shardOf(ref));
            }
        }
        Fabric.settle(talaria);
        assertEquals(IntStream.range(0, 100).boxed().toList(), List.copyOf(got));
        // From 1 to 0, 1, 2, 3 and so on
        assertEquals(
                List.of(3L, 3L, 2L, 2L),
                talaria.monitor().snapshot().shards().stream()
                        .limit(4)
                        .map(ShardFigures::movedIn)
                        .toList());
    }

    /** Without threads of its own the engine moves it in the mover's own laps. */
    @BothEngines
    void anEngineThatIsInvoked(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = onShardOne(talaria);
        ref.tell(new Note(1)).orThrow();
        assertTrue(talaria.move(ref, 0));
        // What it was sent before is handled by then
        assertEquals(List.of(1), List.copyOf(got));
        ref.tell(new Note(2)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2), List.copyOf(got));
    }

    /** Messages of all lanes are handled on the old shard before one is on the new. */
    @BothEngines
    void eachLaneIsEmptied(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(4));
        ActorRef<Note> ref = onShardOne(talaria);
        for (Priority priority : Priority.values()) {
            ref.at(priority).tell(new Note(priority.ordinal())).orThrow();
        }
        assertTrue(talaria.move(ref, 0));
        assertEquals(List.of(3, 2, 1, 0), List.copyOf(got));
        ref.at(Priority.LOW).tell(new Note(4)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(3, 2, 1, 0, 4), List.copyOf(got));
    }

    @BothEngines
    void aBoundedMailboxKeepsItsBound(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(
                        ActorOptions.options().onShard(1).mailbox(Mailbox.bounded(2, BackPressure.FAIL)))
                .actor("bounded", Note.class, note -> got.add(note.number()));
        ref.tell(new Note(1)).orThrow();
        assertTrue(talaria.move(ref, 0));
        ref.tell(new Note(2)).orThrow();
        ref.tell(new Note(3)).orThrow();
        assertEquals(Outcome.BACK_PRESSURED, ref.tell(new Note(4)));
        Fabric.drain(talaria);
        assertEquals(List.of(1, 2, 3), List.copyOf(got));
    }

    @BothEngines
    void withinItsGroupAndNowhereElse(Fabric fabric) {
        Talaria talaria = fabric.open(
                config -> config.group(ShardGroup.named("io").shards(2).lanes(2)));
        ActorRef<Note> own = onShardOne(talaria);
        ActorRef<Note> grouped =
                talaria.with(ActorOptions.options().in("io")).actor("in", Note.class, note -> got.add(note.number()));
        ActorRef<Note> dedicated =
                talaria.with(ActorOptions.options().dedicated()).actor("alone", Note.class, note -> {});
        Receiver<Note> receiver = talaria.receiver("inbox", Note.class);
        int first = talaria.shardOf(grouped);
        int other = first == 4 ? 5 : 4;
        assertTrue(talaria.move(grouped, other));
        grouped.at(Priority.HIGH).tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(1), List.copyOf(got));
        for (int shard : new int[] {-1, other, 1_000}) {
            String text = assertThrows(IllegalArgumentException.class, () -> talaria.move(own, shard))
                    .getMessage();
            assertTrue(text.contains("shard " + shard) && text.contains("moves"), text);
        }
        assertThrows(IllegalArgumentException.class, () -> talaria.move(grouped, 0));
        assertThrows(IllegalArgumentException.class, () -> talaria.move(dedicated, 0));
        assertThrows(IllegalArgumentException.class, () -> talaria.move(receiver.ref(), 0));
        assertThrows(IllegalArgumentException.class, () -> fabric.open().move(own, 0), "an endpoint of another engine");
        receiver.close();
    }

    /** It waits for a handler's turn, but not for ever; and then nothing has changed. */
    @BothEngines
    void aHandlerThatDoesNotReturnKeepsItWhereItIs(Fabric fabric) throws InterruptedException {
        Talaria talaria = fabric.open(config -> config.workers(2).blockDeadline(Duration.ofMillis(20)));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ActorRef<Note> ref = talaria.with(ActorOptions.options().onShard(1)).actor("stuck", Note.class, note -> {
            inside.countDown();
            awaitQuietly(release);
            got.add(note.number());
        });
        ref.tell(new Note(1)).orThrow();
        inside.await();
        assertFalse(talaria.move(ref, 2));
        assertEquals(1, talaria.shardOf(ref));
        release.countDown();
        Await.until("it is free", () -> talaria.move(ref, 2));
        ref.tell(new Note(2)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(1, 2), List.copyOf(got));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BothEngines
    void aHandlerCannotWaitForItsOwnTurn(Fabric fabric) {
        Talaria talaria = fabric.open();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        ActorRef<Note> ref = talaria.actor("moves", Note.class, (note, context) -> {
            try {
                talaria.move(context.self(), 2);
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        });
        ref.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertInstanceOf(IllegalStateException.class, thrown.get());
    }

    /** OUT-1: there and back between three sends of one turn, whose flush comes last. */
    @BothEngines
    void whatAHandlerSendsMeanwhileKeepsItsOrder(Fabric fabric) {
        Talaria talaria =
                fabric.open(config -> config.group(ShardGroup.named("main").drainedByCaller()));
        ActorRef<Note> target = onShardOne(talaria);
        ActorRef<Note> sender = talaria.with(ActorOptions.options().in("main")).actor("sends", Note.class, note -> {
            target.tell(new Note(1)).orThrow();
            moveElsewhere(talaria, target, 2);
            target.tell(new Note(2)).orThrow();
            moveElsewhere(talaria, target, 1);
            target.tell(new Note(3)).orThrow();
        });
        sender.tell(new Note(0)).orThrow();
        Await.until("it is handled", () -> talaria.mainThread().drain() > 0);
        Fabric.settle(talaria);
        assertEquals(List.of(1, 2, 3), List.copyOf(got));
    }

    /** From another thread: none of the shards is the handler's. */
    private static void moveElsewhere(Talaria talaria, ActorRef<Note> ref, int shard) {
        FutureTask<Boolean> move = new FutureTask<>(() -> talaria.move(ref, shard));
        new Thread(move, "mover").start();
        assertTrue(Await.value(move));
    }

    /** A completion that the mover's own laps run: it would wait for the request that is under way. */
    @BothEngines
    void aMoveWithinAMoveIsRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = onShardOne(talaria);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        talaria.fork(List.of(ref), new Note(1)).whenDone().whenComplete((join, e) -> {
            try {
                talaria.move(ref, 1);
            } catch (IllegalStateException refused) {
                thrown.set(refused);
            }
        });
        assertTrue(talaria.move(ref, 0));
        Fabric.drain(talaria);
        assertEquals(0, talaria.shardOf(ref));
        assertInstanceOf(IllegalStateException.class, thrown.get());
    }

    /** A clock that throws while a shard is emptied: what came before the move is handled first all the same. */
    @BothEngines
    void aClockThatThrowsChangesNoOrder(Fabric fabric) {
        AtomicInteger asked = new AtomicInteger(Integer.MIN_VALUE);
        Talaria talaria = fabric.open(config -> config.invoker().shards(2).clock(() -> {
            if (asked.getAndIncrement() == 1) {
                throw new IllegalStateException("the clock");
            }
            return System.nanoTime();
        }));
        for (int nth = 0; nth < 4; nth++) {
            got.clear();
            ActorRef<Note> ref = talaria.with(ActorOptions.options().onShard(1))
                    .actor("moves-" + nth, Note.class, note -> got.add(note.number()));
            for (int i = 0; i < 3; i++) {
                ref.tell(new Note(i)).orThrow();
            }
            asked.set(1 - nth);
            try {
                talaria.move(ref, 0);
            } catch (IllegalStateException e) {
                assertEquals("the clock", e.getMessage());
            }
            asked.set(Integer.MIN_VALUE);
            ref.tell(new Note(3)).orThrow();
            Fabric.drain(talaria);
            assertEquals(List.of(0, 1, 2, 3), List.copyOf(got), "the clock's call " + nth);
        }
        Fabric.settle(talaria);
    }

    @BothEngines
    void whoHasStoppedDoesNotMove(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> ref = onShardOne(talaria);
        talaria.stop(ref).orThrow();
        Fabric.settle(talaria);
        assertFalse(talaria.move(ref, 2));
        talaria.close();
        assertFalse(talaria.move(ref, 2));
    }
}
