package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A fixed delay counts from when the last message was handled. */
class FixedDelayTest {
    private static final Duration DELAY = Duration.ofMillis(10);

    private int came;

    private void advance(Fabric fabric, Talaria talaria, Duration by) {
        fabric.clock().advance(by);
        Fabric.drain(talaria);
    }

    /** Handlers that take 25 ms of the clock: the next comes 10 ms behind that. */
    @BothEngines
    void theNextComesADelayBehindTheLast(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            came++;
            fabric.clock().advance(Duration.ofMillis(25));
        });
        Timer timer = talaria.timers().fixedDelay(ref, new Note(1), Duration.ofMillis(3), DELAY);
        advance(fabric, talaria, Duration.ofMillis(2));
        assertEquals(0, came);
        advance(fabric, talaria, Duration.ofMillis(1));
        assertEquals(1, came);
        for (int i = 2; i < 50; i++) {
            advance(fabric, talaria, Duration.ofMillis(9));
            assertEquals(i - 1, came, "a millisecond early");
            advance(fabric, talaria, Duration.ofMillis(1));
            assertEquals(i, came);
        }
        assertEquals(0, timer.missed());
        assertTrue(timer.pending());
    }

    /** While one is on its way there is no second, however long it takes; and it goes on when that has died. */
    @BothEngines
    void oneIsOnItsWay(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            came++;
            throw new IllegalStateException("on purpose");
        });
        ActorRef<Note> short1 = ref.expiringAfter(Duration.ofMillis(1));
        Fabric.drain(talaria);
        Timer timer = talaria.timers().fixedDelay(short1, new Note(1), Duration.ZERO, DELAY);
        long sent = Fabric.balanced(talaria).accepted();
        // The lap sends it, and no lap handles it in time
        talaria.invoke();
        fabric.clock().advance(Duration.ofMillis(100));
        Fabric.drain(talaria);
        assertEquals(sent + 1, Fabric.balanced(talaria).accepted());
        assertEquals(List.of(Reason.EXPIRED), fabric.reasons());
        advance(fabric, talaria, DELAY);
        assertEquals(1, came);
        advance(fabric, talaria, DELAY);
        assertEquals(2, came);
        assertTrue(timer.cancel());
        advance(fabric, talaria, DELAY);
        assertEquals(2, came);
        assertFalse(timer.pending());
        assertFalse(timer.cancel(), "a second time");
    }

    @BothEngines
    void itCanBeCancelledByItsOwnMessage(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Timer> timers = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            if (++came == 3) {
                assertTrue(timers.get(0).cancel());
            }
        });
        timers.add(talaria.timers().fixedDelay(ref, new Note(1), Duration.ZERO, DELAY));
        for (int i = 0; i < 10; i++) {
            advance(fabric, talaria, DELAY);
        }
        assertEquals(3, came);
    }

    @BothEngines
    void itEndsWithItsEndpoint(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, (note, context) -> {
            if (++came == 2) {
                context.stop();
            }
        });
        Timer timer = talaria.timers().fixedDelay(ref, new Note(1), Duration.ZERO, DELAY);
        for (int i = 0; i < 5; i++) {
            advance(fabric, talaria, DELAY);
        }
        assertEquals(2, came);
        assertFalse(timer.pending());
        assertEquals(1, Fabric.balanced(talaria).refused());
    }

    @BothEngines
    void anActorsOwnEndWithIt(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Timer> timers = new ArrayList<>();
        ActorRef<Note> other = talaria.actor("other", Note.class, note -> came++);
        ActorRef<Note> owner = talaria.actor(
                "owner",
                Note.class,
                (note, context) -> timers.add(context.timers().fixedDelay(other, note, Duration.ZERO, DELAY)));
        owner.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(1, came);
        talaria.stop(owner).orThrow();
        Fabric.drain(talaria);
        advance(fabric, talaria, DELAY);
        assertEquals(1, came);
        assertFalse(timers.get(0).pending());
    }

    /** A full mailbox refuses: the next follows a delay behind that. */
    @BothEngines
    void aRefusalIsNoEnd(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.FAIL)))
                .actor("notes", Note.class, note -> came++);
        Fabric.drain(talaria);
        // Due together: the first fills the mailbox
        talaria.timers().once(ref, new Note(2), DELAY);
        Timer timer = talaria.timers().fixedDelay(ref, new Note(1), DELAY, DELAY);
        advance(fabric, talaria, DELAY);
        assertEquals(1, came);
        assertEquals(1, Fabric.balanced(talaria).refused());
        advance(fabric, talaria, Duration.ofMillis(9));
        assertEquals(1, came);
        advance(fabric, talaria, Duration.ofMillis(1));
        assertEquals(2, came);
        assertTrue(timer.pending());
    }

    /** All joins are in use: it waits for one, and is not lost. */
    @BothEngines
    void itWaitsForAJoin(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.joins(16));
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> stuck = talaria.actor("stuck", Note.class, note -> open.await());
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> handled.incrementAndGet());
        List<Object> joins = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            joins.add(talaria.fork(Collections.nCopies(1, stuck), new Note(i)));
        }
        Timer timer = talaria.timers().fixedDelay(ref, new Note(1), Duration.ZERO, Duration.ofNanos(1_000));
        assertThrows(IllegalArgumentException.class, () -> talaria.timers()
                .fixedDelay(ref, new Note(1), Duration.ZERO, Duration.ZERO));
        assertEquals(16, joins.size());
        open.countDown();
        Await.until("it goes on", () -> handled.get() > 20);
        assertTrue(timer.cancel());
        Fabric.settle(talaria);
    }
}
