package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** R13: a failure that cannot even be reported costs its own message, not the worker. */
class FailedFailureTest {
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message, on purpose");
        }
    }

    private static Pong answer(Ping ping) {
        if (ping.number() % 2 == 1) {
            throw new Unspeakable();
        }
        return new Pong(ping.number());
    }

    @BothEngines
    void theWorkerGoesOnBehindIt(Fabric fabric) {
        Talaria talaria = fabric.open();
        AtomicLong handled = new AtomicLong();
        ActorRef<Ping> moody = talaria.answering("moody", Ping.class, ping -> {
            handled.incrementAndGet();
            return answer(ping);
        });
        for (int i = 0; i < 10; i += 2) {
            RequestFailedException failed =
                    assertThrows(RequestFailedException.class, () -> moody.call(new Ping(1), Fabric.LONG));
            assertEquals(Reason.HANDLER_FAILED, failed.reason());
            assertEquals(new Pong(i), moody.call(new Ping(i), Fabric.LONG));
        }
        assertEquals(10, handled.get());
        Fabric.settle(talaria);
    }

    /** In the midst of a block: each message is handled once, and counted once. */
    @BothEngines
    void nothingOfItsBlockIsHandledTwice(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(1));
        AtomicLong handled = new AtomicLong();
        ActorRef<Ping> moody = talaria.answering("moody", Ping.class, ping -> {
            handled.incrementAndGet();
            return answer(ping);
        });
        for (int i = 0; i < 100; i++) {
            moody.tell(new Ping(i % 10 == 5 ? 1 : 0)).orThrow();
        }
        Fabric.drain(talaria);
        assertEquals(100, handled.get());
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(90, stats.handled());
        assertEquals(10, stats.dead());
        assertEquals(
                List.of(Reason.HANDLER_FAILED),
                fabric.reasons().stream().distinct().toList());
        assertEquals(10, fabric.letters().size());
    }
}
