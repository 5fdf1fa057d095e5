package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.Drainer;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Stamped;
import org.talaria.tests.messages.StampedView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** Every policy with and without lanes, drained by workers, an executor, or a loop of the application's: the order of each lane, one at a time, and every message accounted for. */
class CombinationsTest {
    private static final int SENDERS = 3;
    private static final int CAPACITY = 16;
    private static final int PRIORITIES = Priority.values().length;

    /** Who drains. */
    private enum Kind {
        WORKERS,
        EXECUTOR,
        CALLER
    }

    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @BothEngines(seconds = 120)
    void policiesLanesAndReceivers(Fabric fabric) {
        long seed = Seeds.of("policiesLanesAndReceivers " + fabric.kind());
        try {
            for (BackPressure policy : BackPressure.values()) {
                for (int lanes : new int[] {1, 4}) {
                    for (Kind kind : Kind.values()) {
                        new Scene(fabric, policy, lanes, kind, seed).run();
                    }
                }
            }
        } finally {
            executor.shutdown();
        }
    }

    /** One engine, one endpoint, some senders. */
    private final class Scene {
        private final String what;
        private final Fabric fabric;
        private final BackPressure policy;
        private final int lanes;
        private final Kind kind;
        private final long seed;
        private final Talaria talaria;
        private final ActorRef<Stamped> ref;
        private final long[][] last = new long[SENDERS][PRIORITIES];
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicReference<String> fault = new AtomicReference<>();
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicBoolean ended = new AtomicBoolean();
        private long handled;

        Scene(Fabric fabric, BackPressure policy, int lanes, Kind kind, long seed) {
            this.fabric = fabric;
            this.policy = policy;
            this.lanes = lanes;
            this.kind = kind;
            this.seed = seed;
            what = policy + " with " + lanes + " lanes, drained by " + kind;
            ShardGroup group = ShardGroup.named("group").lanes(lanes);
            talaria = fabric.open(config -> config.workers(2)
                    .group(
                            switch (kind) {
                                case WORKERS -> group;
                                case EXECUTOR -> group.drainedBy(executor);
                                case CALLER -> group.drainedByCaller();
                            }));
            ref = talaria.with(ActorOptions.options().in("group").mailbox(Mailbox.bounded(CAPACITY, policy)))
                    .actor("target", StampedView.TYPE, this::handle);
        }

        private void handle(StampedView message) {
            if (inside.getAndIncrement() != 0) {
                fault.compareAndSet(null, "two runs at once");
            }
            int priority = (int) message.filler();
            int lane = lanes == 1 ? 0 : priority;
            long before = last[message.sender()][lane];
            if (message.number() <= before) {
                fault.compareAndSet(
                        null,
                        "number " + message.number() + " of sender " + message.sender() + " came behind " + before);
            }
            last[message.sender()][lane] = message.number();
            handled++;
            inside.decrementAndGet();
        }

        private Void send(int sender) {
            Random random = new Random(seed + sender);
            List<ActorRef<Stamped>> byPriority = new ArrayList<>();
            for (Priority priority : Priority.values()) {
                byPriority.add(ref.at(priority));
            }
            for (long number = 1; number <= Scale.of(1_500); number++) {
                int priority = random.nextInt(PRIORITIES);
                Outcome outcome = byPriority.get(priority).tell(Stamped.of(sender, 0, number, priority));
                if (outcome.accepted()) {
                    accepted.incrementAndGet();
                }
            }
            return null;
        }

        private Void drain() {
            Drainer drainer = talaria.drainer("group");
            while (!ended.get()) {
                if (drainer.drain(7) == 0) {
                    Thread.yield();
                }
            }
            return null;
        }

        void run() {
            FutureTask<Void> drains = new FutureTask<>(this::drain);
            if (kind == Kind.CALLER) {
                new Thread(drains, "drains").start();
            }
            List<FutureTask<Void>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                FutureTask<Void> task = new FutureTask<>(() -> send(number));
                senders.add(task);
                new Thread(task, "sender-" + sender).start();
            }
            senders.forEach(Await::value);
            EngineStats stats = Fabric.settle(talaria);
            ended.set(true);
            if (kind == Kind.CALLER) {
                Await.value(drains);
            }
            talaria.close();
            assertNull(fault.get(), what);
            assertEquals(accepted.get(), stats.accepted(), what);
            assertEquals(accepted.get(), handled + stats.dead(), what);
            assertTrue(fabric.reasons().stream().allMatch(reason -> reason == Reason.DISPLACED), what);
            if (policy != BackPressure.DROP_OLDEST) {
                assertEquals(0, stats.dead(), what);
            }
            if (policy == BackPressure.BLOCK) {
                assertEquals((long) SENDERS * Scale.of(1_500), accepted.get(), what);
            }
        }
    }
}
