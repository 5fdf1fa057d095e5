package org.talaria.tests.asks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.ReplyTimeoutException;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Replier;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** I6: a waiter's slot has one owner, and is freed once, whoever comes first. */
class AskSlotsTest {
    private static final int SLOTS = 16;
    private static final Duration AGES = Duration.ofDays(1);

    private final ConcurrentLinkedQueue<Replier<Pong>> repliers = new ConcurrentLinkedQueue<>();

    private Talaria open(Fabric fabric) {
        return fabric.open(config -> config.waiters(SLOTS).shards(2).clock(fabric.clock()));
    }

    /** Keeps who asked it, on a shard of its own. */
    private ActorRef<Ping> silent(Talaria talaria) {
        return talaria.with(ActorOptions.options().onShard(1))
                .actor("silent", Ping.class, (ping, context) -> repliers.add(context.later(ping)));
    }

    /** Asks, with a time-out that comes while the send still waits for room. @return what ask returns, in the end */
    private static FutureTask<CompletionStage<Pong>> askStuck(StuckActor stuck) {
        FutureTask<CompletionStage<Pong>> ask = new FutureTask<>(
                () -> stuck.ref().within(Duration.ofMillis(500)).ask(new Ping(1), Duration.ofMillis(10)));
        Thread thread = new Thread(ask, "asker");
        thread.start();
        Await.waiting(thread);
        return ask;
    }

    /** Lets the completer run everything that is due within the next 20 ms. */
    private static void expire(Fabric fabric, ActorRef<Ping> silent) {
        CompletionStage<Pong> marker = silent.ask(new Ping(-1), Duration.ofMillis(15));
        fabric.clock().advance(Duration.ofMillis(20));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(marker));
    }

    /** The time-out frees the slot, another takes it, then the send gives up: the slot must stay with the other. */
    @BothEngines
    void aSendThatGivesUpBehindItsTimeOutFreesNoSlotOfOthers(Fabric fabric) {
        Talaria talaria = open(fabric);
        ActorRef<Ping> silent = silent(talaria);
        StuckActor stuck = new StuckActor(talaria);
        FutureTask<CompletionStage<Pong>> late = askStuck(stuck);
        expire(fabric, silent);
        List<CompletableFuture<Pong>> others = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            others.add(silent.ask(new Ping(i), AGES).toCompletableFuture());
        }
        fabric.clock().advance(Duration.ofMillis(500));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(Await.value(late)));
        assertThrows(TalariaException.class, () -> silent.ask(new Ping(99), AGES), "every slot is in use");
        stuck.release();
        Await.until("all have arrived", () -> repliers.size() == SLOTS + 1);
        repliers.remove();
        for (int i = 0; i < SLOTS; i++) {
            repliers.remove().reply(new Pong(i));
            assertEquals(new Pong(i), Await.value(others.get(i)));
        }
        Fabric.settle(talaria);
    }

    /** The wheel gives the id of a timer that ran to a later one: the stage of the first must not cancel it. */
    @BothEngines(seconds = 20)
    void aSendThatGivesUpBehindItsTimeOutCancelsNoTimerOfOthers(Fabric fabric) {
        Talaria talaria = open(fabric);
        ActorRef<Ping> silent = silent(talaria);
        StuckActor stuck = new StuckActor(talaria);
        FutureTask<CompletionStage<Pong>> late = askStuck(stuck);
        expire(fabric, silent);
        // The same spoke of the wheel: 1,024 ticks of 2^20 ns behind the first.
        long lap = 1_024L << 20;
        CompletionStage<Pong> next = silent.ask(new Ping(2), Duration.ofNanos(lap - 10_000_000));
        fabric.clock().advance(Duration.ofMillis(500));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(Await.value(late)));
        assertFalse(next.toCompletableFuture().isDone());
        fabric.clock().advance(Duration.ofMillis(700));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(next));
        stuck.release();
        Fabric.settle(talaria);
    }

    /** A thread keeps the slot of its calls while it lives, and no longer. */
    @BothEngines
    void threadsThatEndedHoldNoSlots(Fabric fabric) throws InterruptedException {
        Talaria talaria = fabric.open(config -> config.waiters(SLOTS));
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
        for (int i = 0; i < 3 * SLOTS; i++) {
            int number = i;
            FutureTask<Pong> call = new FutureTask<>(() -> pinger.call(new Ping(number), Fabric.LONG));
            Thread thread = new Thread(call, "caller-" + i);
            thread.start();
            assertEquals(new Pong(i), Await.value(call));
            thread.join();
        }
        assertEquals(new Pong(-1), Await.value(pinger.ask(new Ping(-1), AGES).toCompletableFuture()));
    }

    /** A thread has one slot: a completion that runs while its thread waits is refused, and the call outside gets its own reply. */
    @BothEngines
    void aCompletionInsideACallOfItsThreadMayNotCall(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
        Fabric.drain(talaria);
        CompletionStage<Pong> inner =
                pinger.ask(new Ping(1), AGES).thenApply(pong -> pinger.call(new Ping(2), Duration.ofMillis(10)));
        assertEquals(new Pong(3), pinger.call(new Ping(3), Fabric.LONG));
        Await.until("the completion has run", () -> {
            talaria.invoke();
            return inner.toCompletableFuture().isDone();
        });
        CompletionException failure = assertThrows(
                CompletionException.class, () -> inner.toCompletableFuture().join());
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
}
