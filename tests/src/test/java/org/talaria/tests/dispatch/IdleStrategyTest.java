package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.talaria.ActorRef;
import org.talaria.IdleStrategy;
import org.talaria.Receiver;
import org.talaria.Talaria;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** What threads do that have nothing to do: nothing is lost whatever it is. */
class IdleStrategyTest {
    private static final List<IdleStrategy> ALL = List.of(
            IdleStrategy.busySpin(),
            IdleStrategy.yielding(),
            IdleStrategy.backoff(),
            IdleStrategy.backoff(0, 3, Duration.ofMillis(1)),
            IdleStrategy.park(),
            IdleStrategy.adaptive());

    /** Calls that come one at a time, some of them after the worker has had time to fall asleep. */
    @BothEngines
    void everyCallIsAnswered(Fabric fabric) {
        for (IdleStrategy idle : ALL) {
            Talaria talaria = fabric.open(config -> config.idle(idle));
            ActorRef<Ping> answering = talaria.answering("answering", Ping.class, ping -> new Pong(ping.number() + 1));
            for (int i = 0; i < 200; i++) {
                assertEquals(new Pong(i + 1), answering.call(new Ping(i), Fabric.LONG), idle::toString);
                if (i % 20 == 0 && !sleepless(idle)) {
                    long parks = talaria.stats().parks();
                    Await.until("it parks " + idle, () -> talaria.stats().parks() > parks);
                }
            }
            assertEquals(sleepless(idle), talaria.stats().parks() == 0, idle::toString);
            talaria.close();
        }
    }

    private static boolean sleepless(IdleStrategy idle) {
        return idle.maxSpins() == IdleStrategy.ALWAYS || idle.maxYields() == IdleStrategy.ALWAYS;
    }

    @BothEngines
    void everyReceiverIsWoken(Fabric fabric) {
        Talaria talaria = fabric.open();
        Receiver<Note> receiver = talaria.receiver("notes", Note.class);
        for (IdleStrategy idle : ALL) {
            Receiver<Note> waiting = receiver.idle(idle);
            for (int i = 0; i < 50; i++) {
                FutureTask<Note> task = new FutureTask<>(() -> waiting.receive(Fabric.LONG));
                new Thread(task, "receiving").start();
                receiver.ref().tell(new Note(i)).orThrow();
                assertEquals(new Note(i), Await.value(task), idle::toString);
            }
            assertNull(waiting.receive(Duration.ofMillis(1)), idle::toString);
        }
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> IdleStrategy.backoff(-1, 0, Duration.ofMillis(1)))
                .getMessage()
                .startsWith("maxSpins -1 is out of range: give 0 or more"));
        assertEquals(
                "longestPark 0 is out of range: give 1 ns to 36,500 days",
                assertThrows(IllegalArgumentException.class, () -> IdleStrategy.backoff(0, 0, Duration.ZERO))
                        .getMessage());
    }
}
