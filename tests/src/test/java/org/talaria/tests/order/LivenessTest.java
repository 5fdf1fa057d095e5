package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.NoteView;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;

/** Nothing waits for ever: cycles of full rings, slow consumers, wake-ups one by one. The watchdog is the judge. */
class LivenessTest {
    /** Each of three actors, one a shard, sends two for one round the ring: the rings overflow, nobody waits. */
    @BothEngines(seconds = 120)
    void aCycleOfFullRingsDoesNotDeadlock(Fabric fabric) {
        int depth = 15;
        Talaria talaria = fabric.open(
                config -> config.workers(3).shards(3).ringCapacityBytes(4_096).maxMessageBytes(512));
        AtomicLong leaves = new AtomicLong();
        List<ActorRef<Note>> ring = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            ring.add(talaria.with(ActorOptions.options().onShard(i)).actor("node-" + i, Note.class, note -> {
                if (note.number() == 0) {
                    leaves.incrementAndGet();
                } else {
                    ring.get(next).tell(new Note(note.number() - 1)).orThrow();
                    ring.get(next).tell(new Note(note.number() - 1)).orThrow();
                }
            }));
        }
        ring.get(0).tell(new Note(depth)).orThrow();
        EngineStats stats = Fabric.settle(talaria);
        assertEquals(List.of(), fabric.errors());
        assertEquals(1 << depth, leaves.get());
        assertEquals((2L << depth) - 1, stats.handled());
        assertTrue(stats.spilled() > 0, () -> "the rings were never full: " + stats);
    }

    /** A drainer that stays with messages that come one at a time meets a ring which was filled meanwhile: it must not go once round. */
    @BothEngines
    void aRingFilledWhileAHandlerRanIsHandledOnce(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(1)
                .shards(1)
                .ringCapacityBytes(4_096)
                .maxMessageBytes(512)
                .backPressure(BackPressure.FAIL));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        List<Integer> numbers = new ArrayList<>();
        ActorRef<Text> actor = talaria.actor("patient", Text.class, message -> {
            numbers.add(Integer.valueOf(message.text().strip()));
            started.countDown();
            Await.until("the ring is full", () -> full.getCount() == 0);
        });
        actor.tell(longText(1)).orThrow();
        Await.until("the first is being handled", () -> started.getCount() == 0);
        int sent = 1;
        while (actor.tell(longText(sent + 1)) == Outcome.ACCEPTED) {
            sent++;
        }
        full.countDown();
        EngineStats stats = Fabric.settle(talaria);
        assertEquals(IntStream.rangeClosed(1, sent).boxed().toList(), numbers);
        assertEquals(sent, stats.handled());
    }

    private static Text longText(int number) {
        // 128 bytes a record: the ring is filled to the last byte
        return new Text(String.format("%96d", number));
    }

    /** The same with bounded mailboxes whose policy is BLOCK: a handler goes over the bound rather than wait. */
    @BothEngines(seconds = 120)
    void aCycleOfFullMailboxesDoesNotDeadlock(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2).shards(2));
        ActorOptions tight = ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.BLOCK));
        AtomicLong leaves = new AtomicLong();
        List<ActorRef<Note>> pair = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            pair.add(talaria.with(tight.onShard(i)).actor("node-" + i, Note.class, note -> {
                if (note.number() == 0) {
                    leaves.incrementAndGet();
                } else {
                    pair.get(other).tell(new Note(note.number() - 1)).orThrow();
                    pair.get(other).tell(new Note(note.number() - 1)).orThrow();
                }
            }));
        }
        pair.get(0).tell(new Note(13)).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(), fabric.errors());
        assertEquals(1 << 13, leaves.get());
    }

    /** While rings in a cycle are full, threads from outside send too: they block, time out or get through, never hang. */
    @BothEngines(seconds = 120)
    void threadsThatSendIntoTheCycleGetThrough(Fabric fabric) {
        Talaria talaria = fabric.open(
                config -> config.workers(2).shards(2).ringCapacityBytes(4_096).maxMessageBytes(512));
        AtomicLong handled = new AtomicLong();
        List<ActorRef<Note>> pair = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            pair.add(talaria.with(ActorOptions.options().onShard(i)).actor("node-" + i, Note.class, note -> {
                handled.incrementAndGet();
                for (int k = 0; k < 3 && note.number() > 0; k++) {
                    pair.get(other).tell(new Note(note.number() - 1)).orThrow();
                }
            }));
        }
        List<FutureTask<Integer>> senders = pair.stream()
                .map(ref -> new FutureTask<>(() -> {
                    int accepted = 0;
                    while (accepted < 200) {
                        accepted += ref.tell(new Note(4)).accepted() ? 1 : 0;
                    }
                    return accepted;
                }))
                .toList();
        senders.forEach(task -> new Thread(task, "outside").start());
        senders.forEach(Await::value);
        EngineStats stats = Fabric.settle(talaria);
        assertEquals(List.of(), fabric.letters());
        assertEquals(400L * (1 + 3 + 9 + 27 + 81), handled.get());
        assertEquals(handled.get(), stats.handled());
    }

    /** A slow consumer slows its senders; what it did not take is refused, not lost. */
    @BothEngines
    void aSlowConsumerLosesNothing(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2));
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> slow = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(10, BackPressure.BLOCK)))
                .actor("slow", Note.class, note -> {
                    long until = System.nanoTime() + 100_000;
                    while (System.nanoTime() - until < 0) {
                        Thread.onSpinWait();
                    }
                    got.add(note.number());
                });
        AtomicLong quick = new AtomicLong();
        ActorRef<Note> neighbour = talaria.actor("quick", Note.class, note -> quick.incrementAndGet());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Outcome.ACCEPTED, slow.within(Fabric.LONG).tell(new Note(i)));
            assertEquals(Outcome.ACCEPTED, neighbour.tell(new Note(i)));
        }
        Fabric.settle(talaria);
        assertEquals(java.util.stream.IntStream.range(0, 1_000).boxed().toList(), got);
        assertEquals(1_000, quick.get());
    }

    /** N17: one message at a time into an engine that has gone to sleep, over and over: no wake-up is missed. */
    @BothEngines(seconds = 120)
    void noWakeUpIsMissed(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2).shards(8));
        int rounds = Scale.of(fabric.kind() == EngineKind.NATIVE ? 30_000 : 20_000);
        List<ActorRef<Ping>> pingers = new ArrayList<>();
        for (int shard = 0; shard < 8; shard++) {
            pingers.add(talaria.with(ActorOptions.options().onShard(shard))
                    .answering("pinger-" + shard, Ping.class, ping -> new Pong(ping.number()))
                    .within(Fabric.LONG));
        }
        PongView pong = PongView.own();
        for (int i = 0; i < rounds; i++) {
            boolean letItSleep = (i & 1_023) == 0;
            long before = letItSleep ? talaria.stats().parks() : 0;
            assertEquals(Outcome.ACCEPTED, pingers.get(i & 7).callInto(new Ping(i), pong));
            if (letItSleep) {
                // Whoever handled the call parks in the end: the next call has to wake somebody.
                Await.until("a worker parks", () -> talaria.stats().parks() > before);
            }
        }
        Fabric.settle(talaria);
    }

    /** N17: hand-overs at capacity 1 from a thread: sender and consumer take turns. */
    @BothEngines(seconds = 120)
    void handOversAtCapacityOne(Fabric fabric) {
        int rounds = Scale.of(100_000);
        Talaria talaria = fabric.open();
        long[] sum = new long[1];
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.FAIL)))
                .actor("one", NoteView.TYPE, note -> sum[0] += note.number());
        for (int i = 0; i < rounds; i++) {
            while (!NoteClaim.tell(ref, i).accepted()) {
                Thread.yield();
            }
        }
        Fabric.settle(talaria);
        assertEquals((long) rounds * (rounds - 1) / 2, sum[0]);
    }

    /** N17 between two actors: each message is a wake-up of the other's shard. */
    @BothEngines(seconds = 120)
    void twoActorsHandOneTokenToAndFro(Fabric fabric) throws InterruptedException {
        int rounds = Scale.of(300_000);
        Talaria talaria = fabric.open(config -> config.workers(2).shards(2));
        CountDownLatch done = new CountDownLatch(1);
        ActorOptions one = ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.BLOCK));
        List<ActorRef<Note>> pair = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            pair.add(talaria.with(one.onShard(i)).actor("side-" + i, NoteView.TYPE, note -> {
                if (note.number() == 0) {
                    done.countDown();
                } else {
                    NoteClaim.tell(pair.get(other), note.number() - 1).orThrow();
                }
            }));
        }
        NoteClaim.tell(pair.get(0), rounds).orThrow();
        done.await();
        assertEquals(rounds + 1L, Fabric.settle(talaria).handled());
    }

    /** Mutual sends of many actors from many shards, then silence: quiet is found and the workers park. */
    @BothEngines
    void anEngineThatIsDoneGoesToSleep(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2));
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {});
        for (int i = 0; i < 1_000; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        Fabric.settle(talaria);
        long before = talaria.stats().parks();
        ref.tell(new Note(0)).orThrow();
        Await.until("the workers park", () -> talaria.stats().parks() > before);
        assertEquals(1_001, Fabric.settle(talaria).handled());
    }
}
