package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.Stamped;
import org.talaria.tests.messages.StampedClaim;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** The order guarantee under load: per sender and address strictly increasing, counts exact, a single run at a time. */
class OrderStressTest {
    /** Of one sending thread: numbers per target, and the ways to send. */
    private static final class Sender {
        private final Crowd crowd;
        private final int sender;
        private final long[] sent;
        private final Random random;
        private final int mostInBatch;

        Sender(Crowd crowd, int mostInBatch, int sender, long seed) {
            this.crowd = crowd;
            this.mostInBatch = mostInBatch;
            this.sender = sender;
            this.sent = new long[crowd.size()];
            this.random = new Random(seed + sender);
        }

        long run(int messages) {
            long accepted = 0;
            while (accepted < messages) {
                int target = random.nextInt(crowd.size());
                int kind = random.nextInt(16);
                accepted += kind == 0 ? batch(target) : kind == 1 ? list(target) : one(target);
            }
            return accepted;
        }

        private int one(int target) {
            long number = sent[target] + 1;
            long filler = random.nextLong();
            ActorRef<Stamped> ref = crowd.ref(target);
            long sum = Stamped.sum(sender, target, number, filler);
            while (!accepted(StampedClaim.tell(ref, sender, target, number, filler, sum))) {
                Thread.onSpinWait();
            }
            sent[target] = number;
            return 1;
        }

        private int batch(int target) {
            int size = 1 + random.nextInt(mostInBatch);
            boolean taken = false;
            while (!taken) {
                try (StampedClaim batch = StampedClaim.batch(crowd.ref(target), size)) {
                    for (int i = 1; i <= size; i++) {
                        long number = sent[target] + i;
                        batch.next()
                                .sender(sender)
                                .target(target)
                                .number(number)
                                .filler(i)
                                .checksum(Stamped.sum(sender, target, number, i));
                    }
                    taken = accepted(batch.commit());
                }
            }
            sent[target] += size;
            return size;
        }

        private int list(int target) {
            int size = 1 + random.nextInt(mostInBatch);
            List<Stamped> list = IntStream.rangeClosed(1, size)
                    .mapToObj(i -> Stamped.of(sender, target, sent[target] + i, random.nextLong()))
                    .toList();
            int taken = 0;
            while (taken < size) {
                taken += crowd.ref(target).tellSome(list, taken);
            }
            sent[target] += size;
            return size;
        }

        private static boolean accepted(Outcome outcome) {
            assertTrue(
                    outcome == Outcome.ACCEPTED
                            || outcome == Outcome.TIMED_OUT
                            || outcome == Outcome.BACK_PRESSURED
                            || outcome == Outcome.DROPPED,
                    outcome.name());
            return outcome.accepted();
        }
    }

    /** Reads the figures while messages flow (R27): none in flight is ever negative, no count ever falls. */
    private static final class LiveReader {
        private final Talaria talaria;
        private final FutureTask<Void> task = new FutureTask<>(this::read, null);
        private volatile boolean ended;

        LiveReader(Talaria talaria) {
            this.talaria = talaria;
            new Thread(task, "reader").start();
        }

        private void read() {
            EngineStats last = talaria.stats();
            while (!ended) {
                EngineStats now = talaria.stats();
                assertTrue(now.inFlight() >= 0, now::toString);
                assertTrue(now.accepted() >= last.accepted() && now.handled() >= last.handled(), now::toString);
                last = now;
                Thread.yield();
            }
        }

        void end() {
            ended = true;
            Await.value(task);
        }
    }

    private static EngineStats stress(
            Fabric fabric, Talaria talaria, Crowd crowd, int mostInBatch, int senders, int messagesEach, long seed) {
        return stress(fabric, talaria, crowd, mostInBatch, senders, messagesEach, seed, 0);
    }

    /** With so many messages of others. */
    private static EngineStats stress(
            Fabric fabric,
            Talaria talaria,
            Crowd crowd,
            int mostInBatch,
            int senders,
            int messagesEach,
            long seed,
            int others) {
        Sender[] all = IntStream.range(0, senders)
                .mapToObj(i -> new Sender(crowd, mostInBatch, i, seed))
                .toArray(Sender[]::new);
        List<FutureTask<Long>> tasks = IntStream.range(0, senders)
                .mapToObj(i -> new FutureTask<>(() -> all[i].run(messagesEach)))
                .toList();
        tasks.forEach(task -> new Thread(task, "sender").start());
        LiveReader reader = new LiveReader(talaria);
        long accepted = 0;
        for (FutureTask<Long> task : tasks) {
            accepted += Await.value(task);
        }
        EngineStats stats = Fabric.settle(talaria);
        reader.end();
        assertNull(crowd.fault());
        assertEquals(List.of(), fabric.letters());
        assertEquals(accepted + others, stats.accepted());
        assertEquals(accepted + others, stats.handled());
        assertEquals(accepted, crowd.handled());
        for (int sender = 0; sender < senders; sender++) {
            for (int target = 0; target < crowd.size(); target++) {
                assertEquals(all[sender].sent[target], crowd.last(target, sender));
            }
        }
        return stats;
    }

    /** 8 senders of a million messages each, 1,000 actors, uneven handlers, stealing. */
    @BothEngines(seconds = 300)
    void eightSendersToAThousandActors(Fabric fabric) {
        long seed = Seeds.of("eightSendersToAThousandActors " + fabric.kind());
        Talaria talaria = fabric.open(config -> config.workers(4).shards(64));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 1_000, 8, 200);
        EngineStats stats = stress(fabric, talaria, crowd, 32, 8, Scale.of(1_000_000), seed);
        System.out.println(fabric.kind() + " " + stats);
    }

    /** N16: every actor lives on a shard of worker 0, which is kept in another of its shards until half of the messages were handled: by thieves. */
    @NativeOnly(seconds = 120)
    void orderHoldsWhereEverythingIsStolen(Fabric fabric) {
        long seed = Seeds.of("orderHoldsWhereEverythingIsStolen");
        int each = Scale.of(50_000);
        Talaria talaria = fabric.open(config -> config.workers(4).shards(8).batchRecords(16));
        Crowd crowd = new Crowd(talaria, ActorOptions.options().onShard(0), 50, 4, 2_000);
        ActorRef<Note> keeper = talaria.with(ActorOptions.options().onShard(4)).actor("keeper", Note.class, note -> {
            while (talaria.stats().handled() < 2L * each) {
                Thread.onSpinWait();
            }
        });
        NoteClaim.tell(keeper, 1).orThrow();
        EngineStats stats = stress(fabric, talaria, crowd, 32, 4, each, seed, 1);
        assertTrue(stats.steals() > 0, () -> "not stolen: " + stats);
    }

    @NativeOnly(seconds = 120)
    void shardsAreStolen(Fabric fabric) {
        long seed = Seeds.of("shardsAreStolen");
        Talaria talaria = fabric.open(config -> config.workers(4).shards(64).batchRecords(64));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 500, 4, 4_000);
        EngineStats stats = stress(fabric, talaria, crowd, 32, 4, Scale.of(50_000), seed);
        assertTrue(stats.steals() > 0, () -> "nothing was stolen: " + stats);
    }

    /** N4: a ring that is full all the time: back-pressure neither loses nor reorders. */
    @BothEngines(seconds = 120)
    void orderHoldsUnderBackPressure(Fabric fabric) {
        long seed = Seeds.of("orderHoldsUnderBackPressure " + fabric.kind());
        // What DROP_OLDEST gives up is missing: its order is DispatchStressTest's
        for (BackPressure policy : EnumSet.complementOf(EnumSet.of(BackPressure.DROP_OLDEST))) {
            Talaria talaria = fabric.open(config -> config.workers(2)
                    .shards(2)
                    .ringCapacityBytes(4_096)
                    .maxMessageBytes(512)
                    .backPressure(policy));
            Crowd crowd = new Crowd(talaria, ActorOptions.options(), 4, 4, 100);
            EngineStats stats = stress(fabric, talaria, crowd, 4, 4, Scale.of(20_000), seed);
            System.out.println(policy + " " + stats);
        }
    }

    /** N1 and N2: 16 producers on a mailbox of 16, full all the time: nothing overwritten, nothing torn. */
    @BothEngines(seconds = 120)
    void sixteenProducersOnAMailboxOfSixteen(Fabric fabric) {
        int each = Scale.of(20_000);
        Talaria talaria = fabric.open(config -> config.shards(1));
        Crowd crowd =
                new Crowd(talaria, ActorOptions.options().mailbox(Mailbox.bounded(16, BackPressure.FAIL)), 1, 16, 0);
        List<FutureTask<Void>> tasks = IntStream.range(0, 16)
                .mapToObj(sender -> new FutureTask<Void>(() -> {
                    ActorRef<Stamped> ref = crowd.ref(0);
                    for (long number = 1; number <= each; number++) {
                        long sum = Stamped.sum(sender, 0, number, ~number);
                        while (!StampedClaim.tell(ref, sender, 0, number, ~number, sum)
                                .accepted()) {
                            Thread.yield();
                        }
                    }
                    return null;
                }))
                .toList();
        tasks.forEach(task -> new Thread(task, "producer").start());
        tasks.forEach(Await::value);
        EngineStats stats = Fabric.settle(talaria);
        assertNull(crowd.fault());
        assertEquals(16L * each, crowd.handled());
        assertEquals(16L * each, stats.accepted());
    }

    /** A9: many messages from one sender, all arrive, in order. */
    @BothEngines(seconds = 120)
    void tenMillionFromOneSender(Fabric fabric) {
        int messages = Scale.of(10_000_000);
        Talaria talaria =
                fabric.open(config -> config.ringCapacityBytes(1 << 20).shards(1));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 1, 1, 0);
        ActorRef<Stamped> ref = crowd.ref(0);
        for (long number = 1; number <= messages; number++) {
            long sum = Stamped.sum(0, 0, number, number);
            StampedClaim.tell(ref, 0, 0, number, number, sum).orThrow();
        }
        Fabric.settle(talaria);
        assertNull(crowd.fault());
        assertEquals(messages, crowd.handled());
    }

    /** A8: two senders, one message each. */
    @BothEngines
    void twoSenders(Fabric fabric) {
        Talaria talaria = fabric.open();
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 1, 2, 0);
        stress(fabric, talaria, crowd, 1, 2, 1, 1);
    }
}
