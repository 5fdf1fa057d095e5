package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Phases: what was sent before a barrier is handled behind it. */
class BarrierTest {
    /** Several senders go on sending; what each had sent before its barrier is handled when that returns. */
    @BothEngines
    void whatWasSentBeforeIsHandled(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2).shards(8).lanes(2));
        int senders = 3;
        AtomicLong[] handled = new AtomicLong[senders];
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            AtomicLong count = new AtomicLong();
            handled[s] = count;
            List<ActorRef<Note>> targets = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                targets.add(talaria.actor("s" + s + "-" + i, Note.class, note -> count.incrementAndGet()));
            }
            tasks.add(new FutureTask<>(() -> phases(talaria, targets, count), null));
        }
        tasks.forEach(task -> new Thread(task, "phases").start());
        tasks.forEach(Await::value);
        Fabric.settle(talaria);
    }

    private static void phases(Talaria talaria, List<ActorRef<Note>> targets, AtomicLong count) {
        int sent = 0;
        for (int phase = 0; phase < 50; phase++) {
            for (int i = 0; i < 97; i++) {
                assertEquals(
                        Outcome.ACCEPTED,
                        targets.get(i % targets.size()).within(Fabric.LONG).tell(new Note(i)));
                sent++;
            }
            assertTrue(talaria.barrier(Fabric.LONG));
            assertEquals(sent, count.get());
        }
    }

    /** What a handler had sent when it said so: gathered, and more than a ring holds, so that some of it is in the overflow. */
    @BothEngines
    void whatHandlersSentBeforeIsHandled(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.ringCapacityBytes(4_096).maxMessageBytes(256));
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> sink = talaria.with(ActorOptions.options().onShard(1))
                .actor("sink", Note.class, note -> handled.incrementAndGet());
        for (int round = 1; round <= 20; round++) {
            CountDownLatch said = new CountDownLatch(1);
            ActorRef<Note> burst = talaria.with(ActorOptions.options().onShard(0))
                    .actor("burst-" + round, Note.class, note -> {
                        for (int i = 0; i < 1_000; i++) {
                            sink.tell(note).orThrow();
                        }
                        said.countDown();
                    });
            burst.tell(new Note(round)).orThrow();
            Await.until("the handler has sent", () -> said.getCount() == 0);
            assertTrue(talaria.barrier(Fabric.LONG));
            assertEquals(1_000 * round, handled.get());
        }
    }

    /** A message that goes round for ever: a barrier returns, and nothing is ever quiet. */
    @BothEngines
    void whatThatCausesIsNotWaitedFor(Fabric fabric) {
        Talaria talaria = fabric.open();
        AtomicInteger rounds = new AtomicInteger(Integer.MAX_VALUE);
        ActorRef<Note> circle = talaria.actor("circle", Note.class, (note, context) -> {
            if (rounds.decrementAndGet() > 0) {
                context.forward(org.talaria.ActorRef.<Note>narrow(cast(context.self())), note);
            }
        });
        circle.tell(new Note(1)).orThrow();
        assertTrue(talaria.barrier(Fabric.LONG));
        assertFalse(talaria.quiesce(Duration.ofMillis(5)));
        rounds.set(1);
        Fabric.settle(talaria);
    }

    @SuppressWarnings("unchecked")
    private static ActorRef<Note> cast(ActorRef<?> ref) {
        return (ActorRef<Note>) ref;
    }

    @BothEngines
    void theDeadlineEndsIt(Fabric fabric) {
        Talaria talaria = fabric.open();
        CountDownLatch open = new CountDownLatch(1);
        ActorRef<Note> stuck = talaria.actor("stuck", Note.class, note -> open.await());
        stuck.tell(new Note(1)).orThrow();
        assertFalse(talaria.barrier(Duration.ofMillis(1)));
        open.countDown();
        assertTrue(talaria.barrier(Fabric.LONG));
    }

    @BothEngines
    void aHandlerMustNotWait(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> talaria.barrier(Fabric.LONG));
        bad.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(Reason.HANDLER_FAILED), fabric.reasons());
    }

    @BothEngines
    void anInvokedEngineWorksMeanwhile(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> handled.incrementAndGet());
        notes.tell(new Note(1)).orThrow();
        assertTrue(talaria.barrier(Fabric.LONG));
        assertEquals(1, handled.get());
        talaria.close();
        assertTrue(talaria.barrier(Fabric.LONG));
    }
}
