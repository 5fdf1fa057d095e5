package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** The duty cycle on the caller's thread. */
class InvokerTest {
    @BothEngines
    void handlersRunOnTheCallersThreadOnly(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Thread> threads = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> threads.add(Thread.currentThread()));
        ref.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(1, threads.size());
        assertSame(Thread.currentThread(), threads.get(0));
    }

    @BothEngines
    void anEmptyCycleDoesNothing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        assertEquals(0, talaria.invoke());
        talaria.actor("notes", Note.class, note -> {});
        Fabric.drain(talaria);
        assertEquals(0, talaria.invoke());
    }

    @BothEngines
    void aTurnIsBounded(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(1).batchRecords(8));
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        for (int i = 0; i < 20; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        List<Integer> turns = new ArrayList<>();
        int handled;
        while ((handled = talaria.invoke()) > 0) {
            turns.add(handled);
        }
        assertEquals(List.of(8, 8, 4), turns);
        assertEquals(20, got.size());
    }

    /** Not the padding at the ring's end: the lengths do not divide it. */
    @BothEngines
    void itReturnsTheMessages(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(1));
        ActorRef<Text> ref = talaria.actor("texts", Text.class, text -> {});
        Fabric.drain(talaria);
        int sent = 0;
        int returned = 0;
        for (int i = 0; i < 500; i++) {
            for (int k = 0; k < 7; k++) {
                ref.tell(new Text("x".repeat(100 * k))).orThrow();
                sent++;
            }
            returned += talaria.invoke();
        }
        assertEquals(sent, returned);
    }

    /** R10: a shard that always has work does not starve the others. */
    @BothEngines
    void everyReadyShardIsServedOnceALap(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(4).batchRecords(4));
        List<ActorRef<Note>> refs = new ArrayList<>();
        int[] handled = new int[4];
        for (int shard = 0; shard < 4; shard++) {
            int index = shard;
            refs.add(talaria.with(ActorOptions.options().onShard(shard))
                    .actor("a" + shard, Note.class, note -> handled[index]++));
        }
        Fabric.drain(talaria);
        for (int i = 0; i < 100; i++) {
            for (ActorRef<Note> ref : refs) {
                ref.tell(new Note(i)).orThrow();
            }
        }
        for (int lap = 1; lap <= 8; lap++) {
            talaria.invoke();
            int least = java.util.Arrays.stream(handled).min().orElseThrow();
            int most = java.util.Arrays.stream(handled).max().orElseThrow();
            assertTrue(most - least <= 8, () -> "unfair: " + java.util.Arrays.toString(handled));
        }
        Fabric.drain(talaria);
        assertEquals(400, Fabric.balanced(talaria).handled());
    }

    @BothEngines
    void otherThreadsMaySendMeanwhile(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.clock(org.talaria.TalariaClock.SYSTEM));
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        FutureTask<Void> sender = new FutureTask<>(() -> {
            for (int i = 0; i < 100_000; i++) {
                assertEquals(Outcome.ACCEPTED, ref.within(Fabric.LONG).tell(new Note(i)));
            }
            return null;
        });
        new Thread(sender).start();
        Await.until("all are handled", () -> {
            talaria.invoke();
            return got.size() == 100_000 || sender.isDone() && talaria.stats().inFlight() == 0;
        });
        Await.value(sender);
        assertEquals(java.util.stream.IntStream.range(0, 100_000).boxed().toList(), got);
    }

    @BothEngines
    void invokeIsForInvokerEnginesOnly(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, talaria::invoke);
            assertTrue(refused.getMessage().contains("invoker"), refused.getMessage());
        }
    }

    @BothEngines
    void aNestedCycleDoesNothing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<String> events = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("nested", Note.class, note -> {
            events.add("in " + note.number());
            try {
                events.add("nested " + talaria.invoke());
            } catch (IllegalStateException refused) {
                events.add("nested 0");
            }
            events.add("out " + note.number());
        });
        ref.tell(new Note(1)).orThrow();
        ref.tell(new Note(2)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of("in 1", "nested 0", "out 1", "in 2", "nested 0", "out 2"), events);
    }
}
