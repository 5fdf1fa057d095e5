package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** An invoked engine has one worker: threads that invoke at the same time take turns at it. */
class OneInvokerTest {
    @BothEngines
    void theSecondInvokerDoesNothing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Queue<String> events = new ConcurrentLinkedQueue<>();
        ActorRef<Note> slow = talaria.with(ActorOptions.options().onShard(0)).actor("slow", Note.class, note -> {
            entered.countDown();
            gate.await();
            events.add("slow");
        });
        ActorRef<Note> quick =
                talaria.with(ActorOptions.options().onShard(1)).actor("quick", Note.class, note -> events.add("quick"));
        slow.tell(new Note(1)).orThrow();
        FutureTask<Integer> first = new FutureTask<>(talaria::invoke);
        new Thread(first, "first").start();
        Await.until("the first is in a handler", () -> entered.getCount() == 0);
        quick.tell(new Note(2)).orThrow();
        for (int i = 0; i < 10; i++) {
            assertEquals(0, talaria.invoke());
        }
        assertFalse(talaria.quiesce(Duration.ofMillis(10)));
        assertEquals(List.of(), List.copyOf(events));
        gate.countDown();
        Await.value(first);
        Fabric.settle(talaria);
        assertEquals(List.of("slow", "quick"), List.copyOf(events));
    }
}
