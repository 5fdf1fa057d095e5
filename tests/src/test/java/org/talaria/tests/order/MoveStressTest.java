package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Stamped;
import org.talaria.tests.messages.StampedClaim;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** Endpoints move while they are sent to, by threads and by handlers: nothing lost, nothing out of order, never two runs at once (R19). */
class MoveStressTest {
    private static final int SHARDS = 6;

    /** Threads and actors that send to a crowd. */
    private static final class Traffic {
        private final Talaria talaria;
        private final Crowd crowd;
        private final long seed;
        private final AtomicLong accepted = new AtomicLong();
        private final List<FutureTask<Void>> threads = new ArrayList<>();
        private int senders;

        Traffic(Talaria talaria, Crowd crowd, long seed) {
            this.talaria = talaria;
            this.crowd = crowd;
            this.seed = seed;
        }

        void thread(int messages) {
            int sender = senders++;
            FutureTask<Void> task = new FutureTask<>(() -> {
                Random random = new Random(seed + sender);
                long[] sent = new long[crowd.size()];
                for (int i = 0; i < messages; i++) {
                    int target = random.nextInt(crowd.size());
                    while (!send(sender, target, sent[target] + 1, random)) {
                        Thread.onSpinWait();
                    }
                    sent[target]++;
                }
                return null;
            });
            threads.add(task);
            new Thread(task, "sender-" + sender).start();
        }

        /** An actor that sends in bursts, and itself a note after each: so the burst leaves before the next begins. */
        void actor(int shard, int messages, int burst) {
            int sender = senders++;
            Random random = new Random(seed + sender);
            long[] sent = new long[crowd.size()];
            int[] left = {messages};
            AtomicReference<ActorRef<Note>> self = new AtomicReference<>();
            ActorRef<Note> ref = talaria.with(ActorOptions.options().onShard(shard))
                    .actor("relay-" + sender, Note.class, note -> {
                        for (int i = 0; i < burst && left[0] > 0; i++) {
                            int target = random.nextInt(crowd.size());
                            if (send(sender, target, sent[target] + 1, random)) {
                                sent[target]++;
                                left[0]--;
                            }
                        }
                        if (left[0] > 0) {
                            self.get().tell(note).orThrow();
                        }
                    });
            self.set(ref);
            ref.tell(new Note(0)).orThrow();
        }

        private boolean send(int sender, int target, long number, Random random) {
            long filler = random.nextLong();
            Outcome outcome = random.nextBoolean()
                    ? crowd.ref(target).tell(Stamped.of(sender, target, number, filler))
                    : StampedClaim.tell(
                            crowd.ref(target),
                            sender,
                            target,
                            number,
                            filler,
                            Stamped.sum(sender, target, number, filler));
            if (outcome.accepted()) {
                accepted.incrementAndGet();
            }
            return outcome.accepted();
        }

        boolean sends() {
            return threads.stream().anyMatch(task -> !task.isDone());
        }
    }

    /** Moves members of the crowd about until the sending threads have ended. @return moves */
    private static int moveAbout(Talaria talaria, Crowd crowd, Traffic traffic, Random random) {
        int moves = 0;
        while (traffic.sends() || moves < 20) {
            ActorRef<Stamped> ref = crowd.ref(random.nextInt(crowd.size()));
            int shard = random.nextInt(SHARDS);
            if (talaria.move(ref, shard)) {
                assertEquals(shard, talaria.shardOf(ref));
                moves++;
            }
        }
        return moves;
    }

    private static void finish(Fabric fabric, Talaria talaria, Crowd crowd, Traffic traffic, int moves) {
        traffic.threads.forEach(Await::value);
        EngineStats stats = Fabric.settle(talaria);
        assertNull(crowd.fault());
        assertEquals(List.of(), fabric.letters());
        assertEquals(traffic.accepted.get(), crowd.handled());
        System.out.println(fabric.kind() + " " + moves + " moves, " + stats);
    }

    @BothEngines(seconds = 300)
    void movingWhileEightThreadsSend(Fabric fabric) {
        long seed = Seeds.of("movingWhileEightThreadsSend " + fabric.kind());
        Talaria talaria = fabric.open(config -> config.workers(3).shards(SHARDS));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 5, 8, 50);
        Traffic traffic = new Traffic(talaria, crowd, seed);
        for (int i = 0; i < 8; i++) {
            traffic.thread(Scale.of(60_000));
        }
        finish(fabric, talaria, crowd, traffic, moveAbout(talaria, crowd, traffic, new Random(seed)));
    }

    /** Rings so small that much of what handlers send waits in overflows while its target moves. */
    @BothEngines(seconds = 300)
    void movingWhileHandlersSendThroughOverflows(Fabric fabric) {
        long seed = Seeds.of("movingWhileHandlersSendThroughOverflows " + fabric.kind());
        Talaria talaria = fabric.open(config -> config.workers(3)
                .shards(SHARDS)
                .ringCapacityBytes(4_096)
                .maxMessageBytes(256)
                .batchRecords(16));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 3, 6, 20);
        Traffic traffic = new Traffic(talaria, crowd, seed);
        traffic.thread(Scale.of(20_000));
        traffic.thread(Scale.of(20_000));
        for (int i = 0; i < 4; i++) {
            traffic.actor(i, Scale.of(60_000), 40);
        }
        int moves = moveAbout(talaria, crowd, traffic, new Random(seed));
        finish(fabric, talaria, crowd, traffic, moves);
        assertTrue(talaria.stats().spilled() > 0, "nothing went through an overflow");
    }
}
