package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.CanIgnoreReturnValue;
import org.talaria.Drainer;
import org.talaria.EngineKind;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.WaterMark;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Water marks: each edge is told once, by lane. Where looks are counted, the test drives engine and clock. */
class WaterMarksTest {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int FEW = 16;
    private static final int CAPACITY = 64 << 10;
    private static final ActorOptions FAILING = ActorOptions.options().mailbox(new Mailbox(0, BackPressure.FAIL));

    private final List<WaterMark> marks = new CopyOnWriteArrayList<>();

    /** Few messages a turn, so that an invocation changes little. */
    private TalariaConfig told(TalariaConfig config) {
        return config.batchRecords(FEW).waterMarks(0.75, 0.25, marks::add);
    }

    private static ActorRef<Note> notes(Talaria talaria, int shard) {
        ActorRef<Note> ref = talaria.with(FAILING.onShard(shard)).actor("notes " + shard, Note.class, note -> {});
        Fabric.drain(talaria);
        return ref;
    }

    /** @return how many it took */
    @CanIgnoreReturnValue
    private static int fill(Ref<Note> ref) {
        int sent = 0;
        while (ref.tell(new Note(sent)) == Outcome.ACCEPTED) {
            sent++;
        }
        assertTrue(sent > 100, sent + " took all the room");
        return sent;
    }

    private static void look(Fabric fabric, Talaria talaria) {
        fabric.clock().advance(LOOK);
        talaria.invoke();
    }

    private void lookUntilTold(Fabric fabric, Talaria talaria, int times) {
        for (int looks = 0; looks < 10_000 && marks.size() < times; looks++) {
            look(fabric, talaria);
        }
        assertEquals(times, marks.size(), marks::toString);
    }

    private static void assertMark(WaterMark mark, int shard, Priority priority, boolean high) {
        assertEquals(new WaterMark(shard, priority, high, mark.waitingBytes(), CAPACITY), mark);
    }

    @BothEngines
    void eachEdgeIsToldOnce(Fabric fabric) {
        Talaria talaria = fabric.invoker(this::told);
        ActorRef<Note> ref = notes(talaria, 1);
        for (int round = 0; round < 3; round++) {
            marks.clear();
            fill(ref);
            for (int i = 0; i < 10; i++) {
                look(fabric, talaria);
            }
            assertEquals(1, marks.size(), marks::toString);
            assertMark(marks.get(0), 1, Priority.NORMAL, true);
            assertTrue(marks.get(0).waitingBytes() > CAPACITY * 0.9, marks::toString);
            lookUntilTold(fabric, talaria, 2);
            assertMark(marks.get(1), 1, Priority.NORMAL, false);
            assertTrue(marks.get(1).waitingBytes() <= CAPACITY * 0.25, marks::toString);
            assertTrue(marks.get(1).waitingBytes() > CAPACITY * 0.2, marks::toString);
            for (int i = 0; i < 10; i++) {
                look(fabric, talaria);
            }
            assertEquals(2, marks.size(), marks::toString);
        }
        Fabric.drain(talaria);
    }

    /** In between nothing is told, whichever way it goes. */
    @BothEngines
    void halfFullIsNoEdge(Fabric fabric) {
        Talaria talaria = fabric.invoker(this::told);
        ActorRef<Note> ref = notes(talaria, 0);
        int all = fill(ref);
        look(fabric, talaria);
        Fabric.drain(talaria);
        look(fabric, talaria);
        assertEquals(2, marks.size(), marks::toString);
        for (int i = 0; i < all / 2; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        for (int i = 0; i < 4; i++) {
            look(fabric, talaria);
        }
        assertEquals(2, marks.size(), marks::toString);
        Fabric.drain(talaria);
    }

    @BothEngines
    void nobodyLooksBeforeTenMilliseconds(Fabric fabric) {
        Talaria talaria = fabric.invoker(this::told);
        ActorRef<Note> ref = notes(talaria, 0);
        look(fabric, talaria);
        fill(ref);
        fabric.clock().advance(LOOK.minusNanos(1));
        talaria.invoke();
        assertEquals(List.of(), marks);
        fabric.clock().advance(Duration.ofNanos(1));
        talaria.invoke();
        assertEquals(1, marks.size(), marks::toString);
        Fabric.drain(talaria);
    }

    @BothEngines
    void lanesAreToldApart(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> told(config).lanes(4));
        ActorRef<Note> ref = notes(talaria, 1);
        fill(ref.at(Priority.LOW));
        fill(ref.at(Priority.CRITICAL));
        look(fabric, talaria);
        assertEquals(2, marks.size(), marks::toString);
        assertMark(marks.get(0), 1, Priority.LOW, true);
        assertMark(marks.get(1), 1, Priority.CRITICAL, true);
        lookUntilTold(fabric, talaria, 4);
        assertMark(marks.get(2), 1, Priority.CRITICAL, false);
        assertMark(marks.get(3), 1, Priority.LOW, false);
        Fabric.drain(talaria);
    }

    /** A shard set apart has its ring with its first endpoint. */
    @BothEngines
    void aGroupThatComesLaterIsWatched(Fabric fabric) {
        Talaria talaria = fabric.invoker(this::told);
        look(fabric, talaria);
        ActorRef<Note> ref = talaria.with(FAILING.in("main")).actor("notes", Note.class, note -> {});
        fill(ref);
        look(fabric, talaria);
        assertEquals(1, marks.size(), marks::toString);
        assertTrue(marks.get(0).shard() >= 2, marks::toString);
        while (talaria.mainThread().drain(1_000) > 0) {
            // to its end
        }
        look(fabric, talaria);
        assertEquals(2, marks.size(), marks::toString);
        Fabric.drain(talaria);
    }

    /** What handlers sent when there was no room makes the lane full, though its ring alone is below the mark. */
    @BothEngines
    void anOverflowInUseIsOverTheMark(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.batchRecords(FEW).waterMarks(1, 0.5, marks::add));
        ActorRef<Note> target = talaria.with(ActorOptions.options().onShard(0)).actor("target", Note.class, note -> {});
        int sends = 8_000;
        ActorRef<Note> relay = talaria.with(ActorOptions.options().onShard(1)).actor("relay", Note.class, note -> {
            for (int i = 0; i < sends; i++) {
                target.tell(note).orThrow();
            }
        });
        Fabric.drain(talaria);
        relay.tell(new Note(1)).orThrow();
        lookUntilTold(fabric, talaria, 1);
        assertMark(marks.get(0), 0, Priority.NORMAL, true);
        assertTrue(marks.get(0).waitingBytes() > CAPACITY, marks::toString);
        assertTrue(talaria.stats().spilled() > 0);
        lookUntilTold(fabric, talaria, 2);
        assertMark(marks.get(1), 0, Priority.NORMAL, false);
        Fabric.drain(talaria);
    }

    /** A turn has emptied the ring, and what overflowed is not back in it yet: to senders from outside the lane is full, though little waits (R17). */
    @BothEngines
    void littleThatOverflowedIsOverTheMarkToo(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.batchRecords(1 << 20).waterMarks(0.75, 0.5, marks::add));
        int more = fill(notes(talaria, 0)) + 200;
        Fabric.drain(talaria);
        ActorRef<Note> target = talaria.with(ActorOptions.options().onShard(0)).actor("target", Note.class, note -> {});
        ActorRef<Note> relay = talaria.with(ActorOptions.options().onShard(1)).actor("relay", Note.class, note -> {
            for (int i = 0; i < more; i++) {
                target.tell(note).orThrow();
            }
        });
        Fabric.drain(talaria);
        relay.tell(new Note(1)).orThrow();
        talaria.invoke();
        assertTrue(talaria.stats().spilled() > 0);
        look(fabric, talaria);
        // A native worker that goes on with the shard has it all handled before the look
        int seen = fabric.kind() == EngineKind.JAVA ? 1 : 0;
        assertEquals(seen, marks.size(), marks::toString);
        marks.forEach(mark -> assertMark(mark, 0, Priority.NORMAL, true));
        marks.forEach(mark -> assertTrue(mark.waitingBytes() < CAPACITY * 0.5, mark::toString));
        Fabric.drain(talaria);
        look(fabric, talaria);
        assertEquals(2 * seen, marks.size(), marks::toString);
    }

    @BothEngines
    void aListenerThatThrowsIsAnError(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.batchRecords(FEW).waterMarks(0.75, 0.25, mark -> {
            marks.add(mark);
            throw new IllegalStateException("listener");
        }));
        ActorRef<Note> first = notes(talaria, 0);
        ActorRef<Note> second = notes(talaria, 1);
        fill(first);
        fill(second);
        look(fabric, talaria);
        assertEquals(List.of(0, 1), marks.stream().map(WaterMark::shard).toList());
        lookUntilTold(fabric, talaria, 4);
        assertEquals(4, fabric.errors().size(), () -> fabric.errors().toString());
        assertEquals("listener of water marks", fabric.errors().get(0).where());
        assertEquals("listener", fabric.errors().get(0).cause().getMessage());
        Fabric.drain(talaria);
    }

    /** A handler that blocks: its lane is told once while another's looks go on, and once when it goes on. */
    @BothEngines
    void aBlockedHandlerFillsItsLane(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.waterMarks(0.75, 0.25, marks::add));
        CountDownLatch release = new CountDownLatch(1);
        ActorRef<Note> blocked = talaria.with(FAILING.onShard(0)).actor("blocked", Note.class, note -> {
            release.await();
        });
        ActorRef<Note> other = talaria.with(FAILING.in("main")).actor("other", Note.class, note -> {});
        Drainer main = talaria.mainThread();
        try {
            fill(blocked);
            Await.until("the blocked lane is told", () -> count(0, true) == 1);
            for (int round = 1; round <= 3; round++) {
                int rounds = round;
                fill(other);
                Await.until("the other is told", () -> marks.size() == 2 * rounds);
                while (main.drain(1_000) > 0) {
                    // to its end
                }
                Await.until("the other is told again", () -> marks.size() == 2 * rounds + 1);
            }
            assertEquals(1, count(0, true), marks::toString);
            assertEquals(0, count(0, false), marks::toString);
        } finally {
            release.countDown();
        }
        Await.until("it is told to be low", () -> count(0, false) == 1);
        Fabric.settle(talaria);
        assertEquals(1, count(0, true), marks::toString);
    }

    private long count(int shard, boolean high) {
        return marks.stream()
                .filter(mark -> mark.shard() == shard && mark.high() == high)
                .count();
    }
}
