package org.talaria.tests.asks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;

/** An actor of one place that handles its first request until it is let go, on shard 0: whoever asks it waits for room. */
final class StuckActor {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ActorRef<Ping> ref;

    StuckActor(Talaria talaria) {
        ref = talaria.with(ActorOptions.options().onShard(0).mailbox(Mailbox.bounded(1, BackPressure.BLOCK)))
                .actor("stuck", Ping.class, (ping, context) -> {
                    reached.countDown();
                    Await.until("it is let go", () -> released.getCount() == 0);
                    context.reply(ping, new Pong(ping.number()));
                });
        ref.tell(new Ping(0)).orThrow();
        Await.until("it handles", () -> reached.getCount() == 0);
        while (ref.within(Duration.ZERO).tell(new Ping(0)).accepted()) {
            // until its one place is taken
        }
    }

    ActorRef<Ping> ref() {
        return ref;
    }

    void release() {
        released.countDown();
    }
}
