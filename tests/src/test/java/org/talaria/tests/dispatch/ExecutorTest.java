package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Endpoints whose handlers may block: drained by tasks of an executor. */
class ExecutorTest {
    private static final ActorOptions IO = ActorOptions.options().in("io");

    private final List<Integer> got = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    private static Talaria open(Fabric fabric, int shards, Executor executor) {
        return fabric.open(
                config -> config.group(ShardGroup.named("io").shards(shards).drainedBy(executor)));
    }

    /** More than a task takes in one go, from a thread and from a handler of a worker. */
    @BothEngines
    void tasksHandleInOrder(Fabric fabric) {
        Talaria talaria = open(fabric, 1, pool);
        ActorRef<Note> io = talaria.with(IO).actor("io", Note.class, note -> got.add(note.number()));
        ActorRef<Note> relay = talaria.actor("relay", Note.class, note -> io.tell(note));
        for (int i = 0; i < 2_000; i++) {
            assertEquals(
                    Outcome.ACCEPTED,
                    (i < 1_000 ? relay : io).within(Fabric.LONG).tell(new Note(i)));
            if (i == 999) {
                Fabric.settle(talaria);
            }
        }
        Fabric.settle(talaria);
        assertEquals(2_000, got.size());
        for (int i = 0; i < 2_000; i++) {
            assertEquals(i, got.get(i));
        }
    }

    /** Two shards, two threads: one that blocks does not hold up the other, nor the workers; what it sent before it blocked is on its way. */
    @BothEngines
    void aHandlerMayBlock(Fabric fabric) {
        CountDownLatch open = new CountDownLatch(1);
        Talaria talaria = open(fabric, 2, pool);
        ActorRef<Note> heard = talaria.actor("heard", Note.class, note -> got.add(note.number()));
        ActorRef<Note> slow = talaria.with(IO).actor("slow", Note.class, note -> {
            heard.tell(note);
            if (note.number() == 1) {
                assertTrue(open.await(50, java.util.concurrent.TimeUnit.SECONDS));
            }
        });
        ActorRef<Note> quick = talaria.with(IO).actor("quick", Note.class, note -> got.add(note.number()));
        slow.tell(new Note(0)).orThrow();
        slow.tell(new Note(1)).orThrow();
        Await.until("the first message's send came", () -> got.contains(0));
        quick.tell(new Note(2)).orThrow();
        Await.until("the other shard went on", () -> got.contains(2));
        open.countDown();
        Fabric.settle(talaria);
        assertEquals(List.of(), fabric.letters());
    }

    /** What a context is asked, and what is sent in between by references that know the pool's threads already. */
    @BothEngines
    void itsHandlersHaveAllThatOthersHave(Fabric fabric) throws Exception {
        Talaria talaria = open(fabric, 1, pool);
        ActorRef<Note> heard = talaria.actor("heard", Note.class, note -> got.add(note.number()));
        for (int i = 0; i < 4; i++) {
            pool.submit(() -> heard.tell(new Note(-1))).get();
        }
        Fabric.settle(talaria);
        got.clear();
        ActorRef<Ping> io = talaria.with(IO).answering("io", Ping.class, ping -> {
            heard.tell(new Note((int) ping.number())).orThrow();
            return new Pong(ping.number() + 1);
        });
        ActorRef<Note> self = talaria.with(IO).actor("self", Note.class, (note, context) -> {
            context.forward(heard, new Note(context.self().name().length()));
            assertThrows(IllegalStateException.class, () -> io.call(new Ping(1), Fabric.LONG));
        });
        assertEquals(new Pong(8), io.call(new Ping(7), Fabric.LONG));
        self.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(7, 4), got);
        assertEquals(List.of(), fabric.letters());
    }

    /** Close does not free what a receiver is in the middle of. */
    @BothEngines
    void aHandlerThatDoesNotReturnKeepsItsMemory(Fabric fabric) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        TalariaConfig config = fabric.small()
                .closeDeadline(Duration.ofMillis(1))
                .group(ShardGroup.named("io").drainedBy(pool));
        Talaria talaria = Talaria.open(config);
        ActorRef<Note> other = talaria.actor("other", Note.class, note -> {});
        ActorRef<Note> stuck = talaria.with(IO).actor("stuck", Note.class, note -> {
            begun.countDown();
            open.await();
            other.tell(note);
            done.countDown();
        });
        stuck.tell(new Note(1)).orThrow();
        begun.await();
        talaria.close();
        assertTrue(
                fabric.errors().stream().anyMatch(error -> error.where().equals("close")), () -> "" + fabric.errors());
        open.countDown();
        done.await();
        pool.shutdown();
        assertTrue(pool.awaitTermination(50, java.util.concurrent.TimeUnit.SECONDS));
    }

    /** An executor that runs the task at once must not do so in the sender's tell. */
    @BothEngines
    void aTaskDoesNotRunInTheSendersTell(Fabric fabric) {
        AtomicBoolean telling = new AtomicBoolean();
        Talaria talaria = open(fabric, 1, Runnable::run);
        ActorRef<Note> io = talaria.with(IO).actor("io", Note.class, note -> {
            assertTrue(!Thread.currentThread().getName().equals("sender"));
            got.add(note.number());
        });
        Thread.currentThread().setName("sender");
        telling.set(true);
        io.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(1), got);
        assertEquals(List.of(), fabric.letters());
    }

    /** R9: a rejected task is counted and tried again. */
    @BothEngines
    void aRejectedTaskIsTriedAgain(Fabric fabric) {
        AtomicInteger rejections = new AtomicInteger(3);
        Talaria talaria = open(fabric, 1, task -> {
            if (rejections.getAndDecrement() > 0) {
                throw new RejectedExecutionException("on purpose");
            }
            pool.execute(task);
        });
        ActorRef<Note> io = talaria.with(IO).actor("io", Note.class, note -> got.add(note.number()));
        io.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(1), got);
        assertEquals(3, fabric.errors().size());
        assertTrue(fabric.errors().get(0).cause().getMessage().startsWith("the executor of group io rejects its task"));
    }

    /** One that drops a task without a word, and runs another that was dropped much later. */
    @BothEngines
    void aTaskThatIsLostIsReplaced(Fabric fabric) {
        Queue<Runnable> lost = new ArrayDeque<>();
        Talaria talaria = open(fabric, 1, task -> {
            if (lost.isEmpty()) {
                lost.add(task);
            } else {
                pool.execute(task);
            }
        });
        ActorRef<Note> io = talaria.with(IO).actor("io", Note.class, note -> got.add(note.number()));
        io.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(1), got);
        lost.remove().run();
        io.tell(new Note(2)).orThrow();
        lost.add(() -> {});
        Fabric.settle(talaria);
        assertEquals(List.of(1, 2), got);
    }
}
