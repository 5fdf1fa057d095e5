package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Stamped;
import org.talaria.tests.messages.StampedClaim;
import org.talaria.tests.messages.StampedView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** N4 and N1, the host's half: a consumer that pauses, and one that is slow, with many senders at a ring that is full: nothing is lost, nothing overtakes. */
class PausedConsumerTest {
    private static final int SENDERS = 4;
    private static final int PAUSES = 10;
    /** Fewer than a ring of 4 KiB holds, wherever its end falls. */
    private static final int NEARLY_FULL = 60;

    /** Sends its numbers in order, each until it is accepted; knows what it was told meanwhile. */
    private static final class Producer {
        private final ActorRef<Stamped> ref;
        private final int sender;
        private final int messages;
        private final Set<Outcome> refusals = EnumSet.noneOf(Outcome.class);
        private final FutureTask<Void> task = new FutureTask<>(this::run, null);
        private final Thread thread = new Thread(task, "producer");
        private volatile long accepted;
        private volatile long refused;

        Producer(ActorRef<Stamped> ref, int sender, int messages) {
            this.ref = ref;
            this.sender = sender;
            this.messages = messages;
        }

        private void run() {
            for (long number = 1; number <= messages; number++) {
                long sum = Stamped.sum(sender, 0, number, ~number);
                Outcome outcome;
                while (!(outcome = StampedClaim.tell(ref, sender, 0, number, ~number, sum)).accepted()) {
                    refusals.add(outcome);
                    refused++;
                    Thread.yield();
                }
                accepted = number;
            }
        }

        /** Whether it gets no further: it waits, or was refused again. */
        boolean stuck(long refusedBefore) {
            return task.isDone() || refused > refusedBefore || thread.getState() == Thread.State.TIMED_WAITING;
        }
    }

    @BothEngines
    void whoBlocksGoesOnInOrder(Fabric fabric) {
        pauses(fabric, BackPressure.BLOCK, Set.of());
    }

    @BothEngines
    void whoIsRefusedGoesOnInOrder(Fabric fabric) {
        pauses(fabric, BackPressure.FAIL, Set.of(Outcome.BACK_PRESSURED));
    }

    @BothEngines
    void whoIsToldOfADropGoesOnInOrder(Fabric fabric) {
        pauses(fabric, BackPressure.DROP_NEWEST, Set.of(Outcome.DROPPED));
    }

    /** The test invokes: between two of its laps the consumer pauses, until every sender has seen the full ring. */
    private static void pauses(Fabric fabric, BackPressure policy, Set<Outcome> expected) {
        int each = Math.max(PAUSES * 100, Scale.of(2_000));
        Talaria talaria = fabric.invoker(config -> config.shards(1)
                .ringCapacityBytes(4_096)
                .maxMessageBytes(512)
                .batchRecords(16)
                .backPressure(policy));
        Crowd crowd = new Crowd(talaria, ActorOptions.options(), 1, SENDERS, 0);
        Fabric.drain(talaria);
        List<Producer> producers = IntStream.range(0, SENDERS)
                .mapToObj(sender -> new Producer(crowd.ref(0), sender, each))
                .toList();
        producers.forEach(producer -> producer.thread.start());
        long handled = 0;
        for (int pause = 0; pause < PAUSES; pause++) {
            List<Long> before =
                    producers.stream().map(producer -> producer.refused).toList();
            Await.until(
                    "every sender is stuck",
                    () -> talaria.stats().inFlight() >= NEARLY_FULL
                            && IntStream.range(0, SENDERS)
                                    .allMatch(i -> producers.get(i).stuck(before.get(i))));
            assertEquals(handled, crowd.handled(), "nobody handles what nobody invokes");
            for (int lap = 0; lap < 5; lap++) {
                talaria.invoke();
            }
            handled = crowd.handled();
        }
        Await.until("all are sent", () -> {
            talaria.invoke();
            return producers.stream().allMatch(producer -> producer.task.isDone());
        });
        producers.forEach(producer -> Await.value(producer.task));
        Fabric.drain(talaria);
        complete(fabric, talaria, crowd, SENDERS, each);
        for (Producer producer : producers) {
            assertEquals(expected, producer.refusals, "what senders were told");
        }
    }

    private static void complete(Fabric fabric, Talaria talaria, Crowd crowd, int senders, int each) {
        EngineStats stats = Fabric.settle(talaria);
        assertNull(crowd.fault());
        assertEquals(List.of(), fabric.letters());
        assertEquals((long) senders * each, stats.accepted());
        assertEquals((long) senders * each, stats.handled());
        for (int sender = 0; sender < senders; sender++) {
            assertEquals(each, crowd.last(0, sender));
        }
    }

    /** Sixteen senders, one actor, whose handler takes its time now and then; the ring holds some sixty messages. */
    @BothEngines(seconds = 120)
    void sixteenSendersAndAHandlerThatDawdles(Fabric fabric) {
        int senders = 16;
        int each = Scale.of(3_000);
        Random random = new Random(Seeds.of("sixteenSendersAndAHandlerThatDawdles " + fabric.kind()));
        Talaria talaria = fabric.open(
                config -> config.workers(2).shards(2).ringCapacityBytes(4_096).maxMessageBytes(512));
        long[] last = new long[senders];
        String[] fault = new String[1];
        ActorRef<Stamped> slow = talaria.actor("slow", StampedView.TYPE, stamped -> {
            Stamped early = stamped.copy();
            dawdle(random);
            // Read again behind the delay: whoever wrote over the record while it was handled is found out.
            boolean whole = early.whole() && early.equals(stamped.copy());
            if (!whole || early.number() != last[early.sender()] + 1) {
                fault[0] = early + " after " + last[early.sender()] + ", then " + stamped.copy();
            }
            last[early.sender()] = early.number();
        });
        List<Producer> producers = IntStream.range(0, senders)
                .mapToObj(sender -> new Producer(slow, sender, each))
                .toList();
        producers.forEach(producer -> producer.thread.start());
        producers.forEach(producer -> Await.value(producer.task));
        EngineStats stats = Fabric.settle(talaria);
        assertNull(fault[0]);
        assertEquals(List.of(), fabric.letters());
        assertEquals((long) senders * each, stats.accepted());
        assertEquals((long) senders * each, stats.handled());
        for (long number : last) {
            assertEquals(each, number);
        }
    }

    /** Mostly nothing, at times a few microseconds, seldom the rest of a time slice. */
    private static void dawdle(Random random) {
        int dice = random.nextInt(1_024);
        if (dice == 0) {
            Thread.yield();
        } else if (dice < 64) {
            for (int i = 0; i < 20 * dice; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
