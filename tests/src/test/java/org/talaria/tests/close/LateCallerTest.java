package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaClock;
import org.talaria.actor.Replier;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** R28: the memory of a call outlives the engine, for callers that run late. */
class LateCallerTest {
    /** Holds one thread up where it looks at the time, which a caller does while it waits. */
    private static final class HoldingClock implements TalariaClock {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile Thread held;

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == held) {
                reached.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.nanoTime();
        }
    }

    @BothEngines
    void aCallerThatLooksAfterTheCloseIsToldOfIt(Fabric fabric) {
        HoldingClock clock = new HoldingClock();
        Talaria talaria = fabric.open(config -> config.clock(clock));
        Replier<?>[] kept = new Replier<?>[1];
        ActorRef<Ping> silent = talaria.actor("silent", Ping.class, (ping, context) -> kept[0] = context.later(ping));
        FutureTask<Pong> call = new FutureTask<>(() -> silent.call(new Ping(1), Fabric.LONG));
        Thread caller = new Thread(call, "caller");
        clock.held = caller;
        caller.start();
        Await.until("the caller waits", () -> clock.reached.getCount() == 0);
        Fabric.settle(talaria);
        talaria.close();
        clock.gate.countDown();
        AssertionError failed = assertThrows(AssertionError.class, () -> Await.value(call));
        assertEquals(RequestFailedException.class, failed.getCause().getClass(), () -> "" + failed.getCause());
        assertEquals(Reason.CLOSED, ((RequestFailedException) failed.getCause()).reason());
    }
}
