package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** I1 holds to the end: close does not touch what a handler that never returns may be using. */
class StuckHandlerTest {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Number 1 gets stuck. */
    final class Patient extends Actor<Note> {
        private final String name;

        Patient(String name) {
            this.name = name;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> {
                if (note.number() == 1) {
                    entered.countDown();
                    gate.await();
                    events.add(name + " goes on");
                }
            });
        }

        @Override
        protected void stopped() {
            events.add(name + " stopped");
        }
    }

    private static ActorRef<Note> on(Talaria talaria, int shard, String name, Patient actor) {
        return talaria.with(ActorOptions.options().onShard(shard)).actor(name, () -> actor);
    }

    private void closesBeside(Fabric fabric, Talaria talaria) {
        talaria.close();
        assertEquals(List.of("other stopped"), List.copyOf(events), "not the one whose handler still runs");
        assertEquals(1, fabric.errors().size(), () -> "" + fabric.errors());
        String said = fabric.errors().get(0).cause().getMessage();
        assertTrue(said.contains("did not return") && said.contains("{0}"), said);
        gate.countDown();
        Await.until("the handler has returned", () -> talaria.stats().inFlight() == 0);
        assertEquals(List.of("other stopped", "stuck goes on"), List.copyOf(events));
    }

    @BothEngines
    void itsActorIsNotStopped(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.closeDeadline(Duration.ofMillis(10)));
        on(talaria, 1, "other", new Patient("other"));
        ActorRef<Note> stuck = on(talaria, 0, "stuck", new Patient("stuck"));
        Fabric.settle(talaria);
        stuck.tell(new Note(1)).orThrow();
        Await.until("a handler is stuck", () -> entered.getCount() == 0);
        closesBeside(fabric, talaria);
    }

    /** The same where the handler runs on a thread of the application. */
    @BothEngines
    void itsInvokerMayComeBackLate(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.closeDeadline(Duration.ofMillis(10)));
        on(talaria, 1, "other", new Patient("other"));
        ActorRef<Note> stuck = on(talaria, 0, "stuck", new Patient("stuck"));
        Fabric.drain(talaria);
        stuck.tell(new Note(1)).orThrow();
        FutureTask<Integer> invoked = new FutureTask<>(talaria::invoke);
        new Thread(invoked, "invoker").start();
        Await.until("a handler is stuck", () -> entered.getCount() == 0);
        closesBeside(fabric, talaria);
        assertEquals(1, Await.value(invoked));
        assertEquals(0, talaria.invoke(), "it is closed");
    }
}
