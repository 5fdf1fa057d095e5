package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** close() on a thread that it would wait for is refused at once, with the remedy. */
class CloseFromInsideTest {
    private static void assertRefused(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        assertEquals(IllegalStateException.class, cause.getClass(), () -> "" + cause);
        assertTrue(cause.getMessage().contains("from another thread"), cause.getMessage());
    }

    @BothEngines
    void fromACompletion(Fabric fabric) {
        Talaria talaria = fabric.open();
        CountDownLatch gate = new CountDownLatch(1);
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> {
            gate.await();
            return new Pong(1);
        });
        CompletionStage<Void> closed = pinger.ask(new Ping(1), Fabric.LONG).thenRun(talaria::close);
        gate.countDown();
        assertRefused(Await.failure(closed));
        assertEquals(new Pong(1), pinger.call(new Ping(1), Fabric.LONG), "it is open still");
    }

    @BothEngines
    void fromAListener(Fabric fabric) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        Talaria[] talaria = new Talaria[1];
        talaria[0] = fabric.open(config -> config.onDeadLetter(letter -> {
            try {
                talaria[0].close();
                told.complete(null);
            } catch (IllegalStateException e) {
                told.completeExceptionally(e);
            }
        }));
        ActorRef<Note> failing = talaria[0].actor("failing", Note.class, note -> {
            throw new IllegalStateException("on purpose");
        });
        failing.tell(new Note(1)).orThrow();
        assertRefused(Await.failure(told));
    }

    /** It is closing already: there is nothing to refuse. */
    @BothEngines
    void fromAnActorThatIsStoppedByClose(Fabric fabric) {
        Talaria talaria = fabric.open();
        boolean[] stopped = new boolean[1];
        talaria.actor("closer", () -> new Actor<Note>() {
            @Override
            protected Receive<Note> receive() {
                return on(Note.class, note -> {});
            }

            @Override
            protected void stopped() {
                talaria.close();
                stopped[0] = true;
            }
        });
        talaria.close();
        assertTrue(stopped[0]);
    }
}
