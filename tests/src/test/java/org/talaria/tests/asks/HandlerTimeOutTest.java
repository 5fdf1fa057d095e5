package org.talaria.tests.asks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.ReplyTimeoutException;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Time-outs of handlers' asks whose shard is full: the completer does not wait for room, and does not forget. */
class HandlerTimeOutTest {
    private static final int ASK = 1;
    private static final int STAY = 2;
    private static final int FILL = 3;

    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch staying = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BothEngines
    void aFullShardThatBlocks(Fabric fabric) {
        timesOutBehindAFullShard(fabric, BackPressure.BLOCK);
    }

    @BothEngines
    void aFullShardThatFails(Fabric fabric) {
        timesOutBehindAFullShard(fabric, BackPressure.FAIL);
    }

    @BothEngines
    void aFullShardThatDrops(Fabric fabric) {
        timesOutBehindAFullShard(fabric, BackPressure.DROP_NEWEST);
    }

    private void timesOutBehindAFullShard(Fabric fabric, BackPressure policy) {
        Talaria talaria = fabric.open(config ->
                config.shards(2).ringCapacityBytes(4_096).maxMessageBytes(512).clock(fabric.clock()));
        ActorRef<Ping> silent =
                talaria.with(ActorOptions.options().onShard(1)).actor("silent", Ping.class, (ping, context) -> {});
        ActorRef<Ping> asker = asker(talaria, silent, policy);
        asker.tell(new Ping(ASK)).orThrow();
        Await.until("it has asked", () -> asked.getCount() == 0);
        asker.tell(new Ping(STAY)).orThrow();
        Await.until("it stays", () -> staying.getCount() == 0);
        while (asker.within(Duration.ZERO).tell(new Ping(FILL)).accepted()) {
            // until its shard is full
        }
        // Another's time-out, behind the handler's: the completer has been there, and got on.
        CompletionStage<Pong> marker = silent.ask(new Ping(0), Duration.ofMillis(15));
        fabric.clock().advance(Duration.ofMillis(20));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(marker));
        released.countDown();
        Await.until("the ask has ended", () -> {
            fabric.clock().advance(Duration.ofMillis(1));
            return ended.isDone();
        });
        assertInstanceOf(ReplyTimeoutException.class, Await.value(ended));
        Fabric.settle(talaria);
        assertEquals(List.of(), fabric.errors());
    }

    private ActorRef<Ping> asker(Talaria talaria, ActorRef<Ping> silent, BackPressure policy) {
        return talaria.with(ActorOptions.options().onShard(0).mailbox(new Mailbox(0, policy)))
                .actor("asker", Ping.class, (ping, context) -> {
                    if (ping.number() == ASK) {
                        context.ask(
                                silent, new Ping(0), Duration.ofMillis(10), (pong, failure) -> ended.complete(failure));
                        asked.countDown();
                    } else if (ping.number() == STAY) {
                        staying.countDown();
                        Await.until("it is let go", () -> released.getCount() == 0);
                    }
                });
    }
}
