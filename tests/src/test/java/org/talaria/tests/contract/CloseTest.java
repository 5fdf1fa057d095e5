package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;

/** Closing: what was accepted is handled or reported, nobody faults, nobody waits for ever. */
class CloseTest {
    @BothEngines
    void whatWasAcceptedIsHandled(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.open();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        for (int i = 0; i < 1_000; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        talaria.close();
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), got);
        assertEquals(1_000, Fabric.balanced(talaria).handled());
    }

    @BothEngines
    void afterCloseEverySendSaysClosed(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Ping> ref = talaria.answering("pinger", Ping.class, ping -> new Pong(1));
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        talaria.close();
        talaria.close();
        assertEquals(Outcome.CLOSED, ref.tell(new Ping(1)));
        assertEquals(Outcome.CLOSED, ref.tellAll(List.of(new Ping(1), new Ping(2))));
        assertEquals(0, ref.tellSome(List.of(new Ping(1)), 0));
        assertEquals(Outcome.CLOSED, NoteClaim.tell(notes, 1));
        assertEquals(Outcome.CLOSED, ref.callInto(new Ping(1), PongView.own()));
        RefusedException refused = assertThrows(RefusedException.class, () -> ref.call(new Ping(1), Fabric.LONG));
        assertEquals(Outcome.CLOSED, refused.outcome());
        Throwable failure = Await.failure(ref.ask(new Ping(1), Fabric.LONG));
        assertEquals(Outcome.CLOSED, ((RefusedException) failure).outcome());
        assertEquals(Outcome.CLOSED, talaria.stop(ref));
        assertThrows(TalariaException.class, () -> talaria.actor("late", Note.class, note -> {}));
        assertTrue(talaria.quiesce(Duration.ZERO));
        assertEquals("pinger", ref.name());
    }

    /** Its second send is like its first; and yet. */
    @BothEngines
    void aHandlerInTheMidstOfSendingIsToldOfTheClose(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> target = talaria.actor("target", Note.class, note -> {});
        List<Outcome> outcomes = new ArrayList<>();
        CountDownLatch sent = new CountDownLatch(1);
        AtomicBoolean closing = new AtomicBoolean();
        ActorRef<Note> busy = talaria.actor("busy", Note.class, note -> {
            outcomes.add(target.tell(new Note(1)));
            outcomes.add(target.tell(new Note(2)));
            sent.countDown();
            Await.until("the engine closes", closing::get);
            outcomes.add(target.tell(new Note(3)));
        });
        busy.tell(new Note(0)).orThrow();
        Await.until("it has sent", () -> sent.getCount() == 0);
        Thread closer = new Thread(talaria::close);
        closer.start();
        Await.until("the engine closes", () -> target.tell(new Note(4)) == Outcome.CLOSED);
        closing.set(true);
        Await.until("it has closed", () -> !closer.isAlive());
        assertEquals(List.of(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.CLOSED), outcomes);
    }

    @BothEngines
    void aClaimBegunBeforeCloseSaysClosedAtItsCommit(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        try (NoteClaim claim = NoteClaim.of(notes)) {
            claim.number(1);
            talaria.close();
            assertEquals(Outcome.CLOSED, claim.commit());
        }
    }

    /** R28: senders never fault, and what they were told holds. */
    @BothEngines
    void closeWhileManyThreadsSend(Fabric fabric) {
        for (int round = 0; round < Scale.of(20); round++) {
            Talaria talaria = fabric.open(config -> config.workers(2));
            AtomicLong handled = new AtomicLong();
            AtomicLong accepted = new AtomicLong();
            List<ActorRef<Note>> refs = IntStream.range(0, 8)
                    .mapToObj(i -> talaria.actor("a" + i, Note.class, note -> handled.incrementAndGet()))
                    .toList();
            CountDownLatch sending = new CountDownLatch(8);
            int deadBefore = fabric.letters().size();
            List<FutureTask<Outcome>> senders = refs.stream()
                    .map(ref -> new FutureTask<>(() -> {
                        sending.countDown();
                        Outcome outcome;
                        long mine = 0;
                        while ((outcome = ref.tell(new Note(1))).accepted()) {
                            mine++;
                        }
                        accepted.addAndGet(mine);
                        return outcome;
                    }))
                    .toList();
            senders.forEach(task -> new Thread(task).start());
            Await.until("all send", () -> sending.getCount() == 0 && handled.get() > 100);
            talaria.close();
            for (FutureTask<Outcome> sender : senders) {
                assertEquals(Outcome.CLOSED, Await.value(sender));
            }
            EngineStats stats = Fabric.balanced(talaria);
            assertEquals(accepted.get(), stats.accepted());
            assertEquals(accepted.get(), handled.get() + fabric.letters().size() - deadBefore);
        }
    }

    /** What is left at the close deadline is reported, message by message. */
    @BothEngines
    void whatIsLeftAtTheDeadlineDies(Fabric fabric) {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Talaria talaria = fabric.open(
                config -> config.closeDeadline(Duration.ofMillis(50)).shards(1));
        ActorRef<Note> ref = talaria.actor("slow", Note.class, note -> {
            if (first.getAndSet(false)) {
                gate.await();
            }
        });
        for (int i = 0; i < 100; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        Await.until("the handler holds its shard", () -> !first.get());
        Thread closer = new Thread(talaria::close, "closer");
        closer.start();
        // The deadline passes while the handler still runs; it ends only after the close has given up.
        Await.until("it is closed to senders", () -> ref.tell(new Note(-1)) == Outcome.CLOSED);
        long deadline = System.nanoTime() + Duration.ofMillis(200).toNanos();
        Await.until("the deadline has passed", () -> System.nanoTime() - deadline > 0);
        gate.countDown();
        join(closer);
        EngineStats stats = Fabric.balanced(talaria);
        assertTrue(stats.accepted() >= 100);
        assertEquals(stats.dead(), fabric.letters().size());
        assertTrue(fabric.reasons().stream().allMatch(reason -> reason == Reason.CLOSED), () -> "" + fabric.reasons());
    }

    @BothEngines
    void closeEndsABlockedSend(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.BLOCK)))
                .actor("notes", Note.class, note -> {});
        Fabric.drain(talaria);
        ref.tell(new Note(1)).orThrow();
        FutureTask<Outcome> blocked =
                new FutureTask<>(() -> ref.within(Fabric.LONG).tell(new Note(2)));
        Thread sender = new Thread(blocked, "blocked");
        sender.start();
        Await.waiting(sender);
        talaria.close();
        Outcome outcome = Await.value(blocked);
        assertTrue(outcome == Outcome.CLOSED || outcome.accepted(), outcome.name());
        Fabric.balanced(talaria);
    }

    static final class Mourner extends Actor<Note> {
        private final List<String> events;

        Mourner(List<String> events) {
            this.events = events;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> events.add("note"));
        }

        @Override
        protected void stopped() {
            events.add("stopped");
        }
    }

    @BothEngines
    void closeStopsTheActors(Fabric fabric) {
        List<String> events = new ArrayList<>();
        Talaria talaria = fabric.open();
        talaria.actor("mourner", () -> new Mourner(events)).tell(new Note(1)).orThrow();
        talaria.close();
        assertEquals(List.of("note", "stopped"), events);
    }

    /** A handler that sends while the engine closes: refused or accepted, never stuck. */
    @BothEngines
    void handlersThatGoOnSendingDoNotKeepTheEngineOpen(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.closeDeadline(Duration.ofMillis(100)));
        AtomicLong hops = new AtomicLong();
        ActorRef<Note> perpetual = talaria.actor("perpetual", Note.class, (note, context) -> {
            hops.incrementAndGet();
            Outcome outcome = talaria.find("perpetual", Note.class)
                    .map(self -> self.tell(note))
                    .orElse(Outcome.CLOSED);
            if (!outcome.accepted()) {
                hops.decrementAndGet();
            }
        });
        perpetual.tell(new Note(1)).orThrow();
        Await.until("it runs", () -> hops.get() > 1_000);
        talaria.close();
        Fabric.balanced(talaria);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("waited in vain", e);
        }
    }
}
