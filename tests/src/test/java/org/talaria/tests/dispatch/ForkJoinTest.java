package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.Join;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Seeds;

/** A message to many endpoints, and the count of those that are done with it. */
class ForkJoinTest {
    private static final int ACTORS = 64;
    private static final int TASKS = 10_000;

    /** The same references again and again, as many as there are tasks. */
    private static <M> List<ActorRef<M>> spread(List<ActorRef<M>> over, int tasks) {
        List<ActorRef<M>> to = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            to.add(over.get(i % over.size()));
        }
        return to;
    }

    private static void figures(Join join, int size, int dead, int refused) {
        assertEquals(
                List.of(size, 0, dead, refused),
                List.of(join.size(), join.outstanding(), join.dead(), join.refused()),
                () -> "size, outstanding, dead, refused of " + join);
    }

    /** Plain counters: what the handlers wrote is visible to who returns from await. Rings of 64 KiB: more than they hold. */
    @BothEngines
    void tasksOverManyActors(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2).shards(8));
        int[] came = new int[ACTORS];
        long[] sums = new long[ACTORS];
        List<ActorRef<Note>> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            int own = i;
            actors.add(talaria.actor("a" + i, Note.class, note -> {
                came[own]++;
                sums[own] += note.number();
            }));
        }
        for (int round = 1; round <= 5; round++) {
            Join join = talaria.fork(spread(actors, TASKS), new Note(round));
            assertTrue(join.await(Fabric.LONG));
            figures(join, TASKS, 0, 0);
            int all = 0;
            long sum = 0;
            for (int i = 0; i < ACTORS; i++) {
                all += came[i];
                sum += sums[i];
            }
            assertEquals(round * TASKS, all);
            assertEquals((long) TASKS * round * (round + 1) / 2, sum, "the message itself");
        }
    }

    @BothEngines
    void theDeadCountToo(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> good = talaria.actor("good", Note.class, note -> handled.incrementAndGet());
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> {
            throw new IllegalStateException("on purpose");
        });
        ActorRef<Note> stopped = talaria.actor("stopped", Note.class, note -> handled.incrementAndGet());
        Fabric.drain(talaria);
        talaria.stop(stopped).orThrow();
        Join join = talaria.fork(
                List.of(good, bad, stopped, good.expiringAfter(Duration.ofMillis(1)), bad, good), new Note(1));
        assertEquals(6, join.outstanding());
        fabric.clock().advance(Duration.ofMillis(2));
        assertFalse(join.await(Duration.ZERO), "nobody has invoked");
        assertTrue(join.await(Fabric.LONG));
        figures(join, 6, 4, 0);
        assertEquals(2, handled.get());
        List<Reason> reasons = new ArrayList<>(fabric.reasons());
        Collections.sort(reasons);
        assertEquals(List.of(Reason.STOPPED, Reason.HANDLER_FAILED, Reason.HANDLER_FAILED, Reason.EXPIRED), reasons);
    }

    @BothEngines
    void whatIsRefusedIsNotWaitedFor(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorOptions small = ActorOptions.options().mailbox(Mailbox.bounded(3, BackPressure.FAIL));
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> full = talaria.with(small).actor("full", Note.class, note -> handled.incrementAndGet());
        ActorRef<Note> gone = talaria.actor("gone", Note.class, note -> handled.incrementAndGet());
        ActorRef<Note> other = talaria.actor("other", Note.class, note -> handled.incrementAndGet());
        talaria.stop(gone).orThrow();
        Fabric.drain(talaria);
        List<ActorRef<Note>> to = new ArrayList<>(Collections.nCopies(8, full));
        to.addAll(List.of(gone, other, gone, other));
        Join join = talaria.fork(to, new Note(1));
        assertEquals(7, join.refused());
        assertEquals(5, join.outstanding());
        Fabric.drain(talaria);
        figures(join, 12, 0, 7);
        assertEquals(5, handled.get());
        Join none = talaria.fork(List.of(gone, gone), new Note(2));
        assertTrue(none.await(Duration.ZERO));
        figures(none, 2, 0, 2);
        Join empty = talaria.fork(List.<ActorRef<Note>>of(), new Note(3));
        assertTrue(empty.await(Duration.ZERO));
    }

    /** Mailboxes that displace: what makes room is dead, and counts. */
    @BothEngines
    void theDisplacedCountToo(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorOptions small = ActorOptions.options().mailbox(Mailbox.bounded(2, BackPressure.DROP_OLDEST));
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> newest = talaria.with(small).actor("newest", Note.class, note -> handled.incrementAndGet());
        Fabric.drain(talaria);
        Join join = talaria.fork(Collections.nCopies(9, newest), new Note(1));
        assertTrue(join.await(Fabric.LONG));
        figures(join, 9, 9 - handled.get(), 0);
        assertEquals(Collections.nCopies(9 - handled.get(), Reason.DISPLACED), fabric.reasons());
        assertTrue(handled.get() < 9, "none made room");
    }

    /** Lanes, bounded mailboxes and objects by reference in one engine; a message of its own for each. */
    @BothEngines
    void eachHasItsOwnMessage(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.lanes(2));
        List<Integer> came = Collections.synchronizedList(new ArrayList<>());
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> came.add(note.number()));
        ActorRef<Note> bounded = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(4, BackPressure.BLOCK)))
                .actor("bounded", Note.class, note -> came.add(note.number()));
        List<ActorRef<Note>> to = List.of(notes, bounded, notes.at(Priority.HIGH), bounded.within(Fabric.LONG));
        Join join = talaria.forkEach(to, Note::new);
        assertTrue(join.await(Fabric.LONG));
        figures(join, 4, 0, 0);
        Collections.sort(came);
        assertEquals(List.of(0, 1, 2, 3), came);
        Join same = talaria.fork(to, new Note(7));
        assertTrue(same.await(Fabric.LONG));
        assertEquals(List.of(0, 1, 2, 3, 7, 7, 7, 7), came);
        ActorRef<StringBuilder> objects = talaria.actor(
                "objects",
                StringBuilder.class,
                text -> came.add(text.append('!').length()));
        Join byReference = talaria.fork(List.of(objects, objects), new StringBuilder());
        assertTrue(byReference.await(Fabric.LONG));
        assertEquals(List.of(1, 2), came.subList(8, 10));
    }

    @BothEngines
    void whatWasSentBeforeAFailureIsJoined(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.joins(16));
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        for (int i = 0; i < 100; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> talaria.forkEach(List.of(notes, notes, notes), n -> {
                        if (n == 2) {
                            throw new IllegalStateException("on purpose");
                        }
                        return new Note(n);
                    }));
            Fabric.drain(talaria);
        }
        assertEquals(200, Fabric.balanced(talaria).handled());
    }

    /** Each of a handler's messages forks again, and goes on when those are done, on no worker. */
    @BothEngines
    void handlersFork(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2));
        AtomicInteger leaves = new AtomicInteger();
        List<ActorRef<Note>> many = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            many.add(talaria.actor("leaf" + i, Note.class, note -> leaves.incrementAndGet()));
        }
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        AtomicInteger rounds = new AtomicInteger();
        List<Thread> workers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> completers = Collections.synchronizedList(new ArrayList<>());
        ActorRef<Note> root = talaria.actor("root", Note.class, (note, context) -> {
            workers.add(Thread.currentThread());
            ActorRef<?> self = context.self();
            Join join = talaria.fork(many, note);
            join.whenDone().thenAccept(done -> {
                completers.add(Thread.currentThread());
                if (rounds.incrementAndGet() == 20) {
                    seen.complete(leaves.get());
                } else {
                    notes(self).tell(note);
                }
            });
        });
        root.tell(new Note(1)).orThrow();
        assertEquals(20 * 16, Await.value(seen));
        completers.removeAll(workers);
        assertEquals(20, completers.size(), "a completion ran on a worker");
    }

    @SuppressWarnings("unchecked")
    private static ActorRef<Note> notes(ActorRef<?> ref) {
        return (ActorRef<Note>) ref;
    }

    @BothEngines
    void aHandlerMustNotWait(Fabric fabric) {
        Talaria talaria = fabric.open();
        AtomicInteger replied = new AtomicInteger();
        ActorRef<Note> leaf = talaria.actor("leaf", Note.class, note -> {});
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> {
            Join join = talaria.fork(List.of(leaf, leaf), note);
            join.whenDone().thenRun(replied::incrementAndGet);
            assertFalse(join.await(Duration.ZERO));
        });
        bad.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(Reason.HANDLER_FAILED), fabric.reasons());
        Await.until("told all the same", () -> replied.get() == 1);
    }

    /** Joins of all sizes at once: each ends when its own are done, and not before. */
    @BothEngines
    void manyAtOnce(Fabric fabric) {
        long seed = Seeds.of("ForkJoinTest.manyAtOnce " + fabric.kind());
        Talaria talaria = fabric.open(config -> config.workers(2).shards(8).joins(16));
        int threads = 4;
        AtomicInteger[] handled = new AtomicInteger[threads];
        List<ActorRef<Note>> actors = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            handled[i] = new AtomicInteger();
        }
        for (int i = 0; i < 13; i++) {
            actors.add(talaria.actor("a" + i, Note.class, note -> {
                int thread = note.number() >> 1;
                handled[thread].incrementAndGet();
                if ((note.number() & 1) != 0) {
                    throw new IllegalStateException("on purpose");
                }
            }));
        }
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int own = t;
            Random random = new Random(seed + t);
            tasks.add(new FutureTask<>(() -> forks(talaria, actors, own, handled[own], random), null));
        }
        tasks.forEach(task -> new Thread(task, "forks").start());
        tasks.forEach(Await::value);
        Fabric.settle(talaria);
    }

    private static void forks(
            Talaria talaria, List<ActorRef<Note>> actors, int own, AtomicInteger handled, Random random) {
        int expected = 0;
        for (int i = 0; i < 150; i++) {
            List<ActorRef<Note>> some = actors.subList(0, 1 + random.nextInt(actors.size()));
            boolean dies = random.nextInt(8) == 0;
            int size = dies ? random.nextInt(40) : random.nextInt(random.nextInt(10) == 0 ? 3_000 : 100);
            List<ActorRef<Note>> to = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                to.add(some.get(random.nextInt(some.size())).within(Fabric.LONG));
            }
            expected += size;
            Note note = new Note(own << 1 | (dies ? 1 : 0));
            Join join = random.nextBoolean() ? talaria.fork(to, note) : talaria.forkEach(to, n -> note);
            if (random.nextInt(4) == 0) {
                assertEquals(join, Await.value(join.whenDone().toCompletableFuture()));
            }
            assertTrue(join.await(Fabric.LONG));
            figures(join, size, dies ? size : 0, 0);
            assertEquals(expected, handled.get());
        }
    }

    @BothEngines
    void allInUse(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.joins(16));
        CountDownLatch open = new CountDownLatch(1);
        ActorRef<Note> stuck = talaria.actor("stuck", Note.class, note -> open.await());
        List<Join> joins = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            joins.add(talaria.fork(List.of(stuck), new Note(i)));
        }
        String message = assertThrows(TalariaException.class, () -> talaria.fork(List.of(stuck), new Note(16)))
                .getMessage();
        assertTrue(message.contains("16") && message.contains("config().joins"), message);
        open.countDown();
        // Nobody awaited them: their slots are found again
        Fabric.settle(talaria);
        for (int i = 0; i < 100; i++) {
            assertEquals(1, talaria.fork(List.of(stuck), new Note(i)).size());
            Fabric.settle(talaria);
        }
        joins.forEach(join -> figures(join, 1, 0, 0));
    }

    @BothEngines
    void closeEndsThem(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.closeDeadline(Duration.ZERO));
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        Fabric.drain(talaria);
        Join join = talaria.fork(Collections.nCopies(10, notes), new Note(1));
        CompletableFuture<Join> told = join.whenDone().toCompletableFuture();
        talaria.close();
        assertTrue(join.await(Duration.ZERO));
        figures(join, 10, 10, 0);
        assertEquals(join, Await.value(told));
        assertEquals(Collections.nCopies(10, Reason.CLOSED), fabric.reasons());
        Join late = talaria.fork(Collections.nCopies(3, notes), new Note(2));
        figures(late, 3, 0, 3);
        assertEquals(late, Await.value(late.whenDone().toCompletableFuture()));
    }

    /** Who waits on another thread is told by the close, too. */
    @BothEngines
    void closeEndsTheWait(Fabric fabric) {
        Talaria talaria = fabric.open();
        CountDownLatch open = new CountDownLatch(1);
        ActorRef<Note> stuck = talaria.actor("stuck", Note.class, note -> open.await());
        Join join = talaria.fork(Collections.nCopies(5, stuck), new Note(1));
        FutureTask<Boolean> wait = new FutureTask<>(() -> join.await(Fabric.LONG));
        Thread thread = new Thread(wait, "waits");
        thread.start();
        Await.waiting(thread);
        open.countDown();
        talaria.close();
        assertTrue(Await.value(wait));
        figures(join, 5, join.dead(), 0);
    }

    @BothEngines
    void anotherEnginesAreRefused(Fabric fabric) {
        Talaria talaria = fabric.open();
        Talaria other = fabric.open();
        ActorRef<Note> theirs = other.actor("theirs", Note.class, note -> {});
        ActorRef<Note> ours = talaria.actor("ours", Note.class, note -> {});
        assertThrows(IllegalArgumentException.class, () -> talaria.fork(List.of(ours, theirs), new Note(1)));
        assertEquals(Outcome.ACCEPTED, ours.tell(new Note(2)));
        assertThrows(NullPointerException.class, () -> talaria.forkEach(List.of(ours), n -> null));
    }
}
