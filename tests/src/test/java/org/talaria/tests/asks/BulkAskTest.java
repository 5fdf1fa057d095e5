package org.talaria.tests.asks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;

/** Very many asks, hundreds of them under way at a time: each is handled once and completed once, with its own reply. */
class BulkAskTest {
    private static final int IN_FLIGHT = 1_000;

    /** {@code -Dtalaria.tests.scale=10}: 10^6. */
    @BothEngines(seconds = 120)
    void everyAskIsCompletedOnce(Fabric fabric) throws InterruptedException {
        int asks = Scale.of(100_000);
        Talaria talaria = fabric.open(config -> config.workers(2).waiters(1_024));
        AtomicIntegerArray handled = new AtomicIntegerArray(asks);
        AtomicIntegerArray completed = new AtomicIntegerArray(asks);
        AtomicReference<String> fault = new AtomicReference<>();
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> {
            handled.incrementAndGet((int) ping.number());
            return new Pong(ping.number());
        });
        Semaphore slots = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < asks; i++) {
            int number = i;
            slots.acquire();
            pinger.ask(new Ping(number), Fabric.LONG).whenComplete((pong, failure) -> {
                completed.incrementAndGet(number);
                if (failure != null || pong.number() != number) {
                    fault.compareAndSet(null, "asked " + number + ", got " + pong + ", " + failure);
                }
                slots.release();
            });
        }
        // All permits back: every ask has ended.
        slots.acquire(IN_FLIGHT);
        assertNull(fault.get());
        for (int i = 0; i < asks; i++) {
            if (handled.get(i) != 1 || completed.get(i) != 1) {
                throw new AssertionError("ask " + i + " was handled " + handled.get(i) + " times, completed "
                        + completed.get(i) + " times");
            }
        }
        assertEquals(asks, Fabric.settle(talaria).handled());
        assertEquals(List.of(), fabric.letters());
        assertEquals(List.of(), fabric.errors());
    }
}
