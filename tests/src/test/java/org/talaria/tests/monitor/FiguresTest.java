package org.talaria.tests.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.EngineStats;
import org.talaria.Talaria;
import org.talaria.WorkerFigures;
import org.talaria.WorkerFigures.State;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** What the monitor tells: that it adds up, and that it names who is busy. */
class FiguresTest {
    private static final String BLOCKED = "sends that waited for room";

    private static long sum(EngineSnapshot snapshot, ToLongFunction<WorkerFigures> figure) {
        return snapshot.workers().stream().mapToLong(figure).sum();
    }

    private static long dead(EngineSnapshot snapshot, Reason reason) {
        return snapshot.counters().get("dead letters: " + reason.name().toLowerCase(Locale.ROOT));
    }

    private static EndpointFigures endpoint(EngineSnapshot snapshot, String name) {
        return snapshot.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void addsUp(EngineStats stats, EngineSnapshot snapshot) {
        assertEquals(stats.accepted(), snapshot.accepted());
        assertEquals(stats.handled(), snapshot.handled());
        assertEquals(stats.dead(), snapshot.dead());
        assertEquals(stats.refused(), snapshot.refused());
        assertEquals(
                stats.handled(),
                snapshot.shards().stream().mapToLong(shard -> shard.handled()).sum());
        assertEquals(stats.handled(), sum(snapshot, WorkerFigures::handled));
        assertEquals(stats.turns(), sum(snapshot, WorkerFigures::turns));
        assertEquals(stats.steals(), sum(snapshot, WorkerFigures::steals));
        long byReason = 0;
        for (Reason reason : Reason.values()) {
            byReason += dead(snapshot, reason);
        }
        assertEquals(stats.dead(), byReason);
    }

    @BothEngines
    void figuresAddUp(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(2));
        ActorRef<Note> last = talaria.actor("last", Note.class, note -> {});
        List<ActorRef<Note>> relays = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            relays.add(talaria.actor("relay-" + i, Note.class, (note, context) -> last.tell(note)));
        }
        ActorRef<Ping> echo = talaria.answering("echo", Ping.class, ping -> new Pong(ping.number()));
        for (int i = 0; i < 200; i++) {
            assertTrue(relays.get(i % relays.size()).tell(new Note(i)).accepted());
            var unused = echo.ask(new Ping(i), Fabric.LONG);
            talaria.invoke();
        }
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertTrue(stats.handled() >= 600, stats.toString());
        addsUp(stats, talaria.monitor().snapshot());
        assertEquals(2, talaria.monitor().snapshot().shards().get(0).lanes().size());
        talaria.close();
        addsUp(talaria.stats(), talaria.monitor().snapshot());
    }

    @BothEngines
    void deadLettersAreCountedByReason(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> {
            throw new IllegalStateException("on purpose");
        });
        ActorRef<Note> quitter = talaria.actor("quitter", Note.class, (note, context) -> context.stop());
        ActorRef<Note> late = talaria.actor("late", Note.class, note -> {});
        for (int i = 0; i < 3; i++) {
            bad.tell(new Note(i)).orThrow();
            quitter.tell(new Note(i)).orThrow();
        }
        late.expiringAfter(Duration.ofSeconds(1)).tell(new Note(1)).orThrow();
        fabric.clock().advance(Duration.ofSeconds(2));
        Fabric.drain(talaria);
        EngineSnapshot snapshot = talaria.monitor().snapshot();
        assertEquals(3, dead(snapshot, Reason.HANDLER_FAILED));
        assertEquals(2, dead(snapshot, Reason.STOPPED));
        assertEquals(1, dead(snapshot, Reason.EXPIRED));
        assertEquals(6, snapshot.dead());
        addsUp(Fabric.balanced(talaria), snapshot);
    }

    @BothEngines
    void whoIsBusyIsFound(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open();
        Gate gate = new Gate();
        ActorRef<Note> busy = talaria.with(ActorOptions.options().onShard(2)).actor("busy", Note.class, gate::hold);
        talaria.actor("idle", Note.class, note -> {});
        busy.tell(new Note(0)).orThrow();
        gate.awaitEntered();
        for (int i = 0; i < 10; i++) {
            busy.tell(new Note(i)).orThrow();
        }
        Await.until("it was found twice", () -> {
            EndpointFigures found = endpoint(talaria.monitor().snapshot(), "busy");
            return found != null && found.samples() >= 2;
        });
        EngineSnapshot snapshot = talaria.monitor().snapshot();
        EndpointFigures figures = endpoint(snapshot, "busy");
        assertEquals(2, figures.shard());
        assertEquals(1.0, figures.share());
        assertEquals(1, snapshot.endpoints().size());
        WorkerFigures worker = snapshot.workers().get(0);
        assertEquals(State.DRAINING, worker.state());
        assertEquals(2, worker.shard());
        assertEquals("busy", worker.endpoint());
        assertEquals("OWNED", snapshot.shards().get(2).state().substring(0, 5));
        long depth = snapshot.shards().get(2).depthBytes();
        assertTrue(depth >= 10 * 32, "bytes that wait: " + depth);
        Await.until(
                "the depth is seen",
                () -> talaria.monitor().snapshot().shards().get(2).highWaterBytes() >= depth);
        assertDump(talaria.monitor().dump());
        gate.open();
        Fabric.settle(talaria);
        // Counted since it was found first: in the middle of the first message
        assertEquals(11, endpoint(talaria.monitor().snapshot(), "busy").handled());
        assertEquals(0, talaria.monitor().snapshot().shards().get(2).depthBytes());
    }

    private static void assertDump(String dump) {
        assertTrue(dump.contains("worker 0 drains shard 2 for "), dump);
        assertTrue(dump.contains(", in the handler of busy"), dump);
        assertTrue(dump.contains("thread talaria-worker-0"), dump);
        assertTrue(dump.contains(Gate.class.getName() + ".hold("), dump);
    }

    @BothEngines
    void handlersAreTimed(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open();
        Gate gate = new Gate();
        ActorRef<Note> timed = talaria.actor("timed", Note.class, gate::hold);
        timed.tell(new Note(0)).orThrow();
        gate.awaitEntered();
        Await.until("it was found", () -> endpoint(talaria.monitor().snapshot(), "timed") != null);
        gate.open();
        // One turn of some is timed: so many turns until one was
        Await.until("a message was timed", () -> {
            timed.tell(new Note(1)).orThrow();
            Fabric.settle(talaria);
            return endpoint(talaria.monitor().snapshot(), "timed").p50Ns() > 0;
        });
        EndpointFigures figures = endpoint(talaria.monitor().snapshot(), "timed");
        assertEquals(1, Long.bitCount(figures.p50Ns()), figures.toString());
        assertTrue(figures.p99Ns() >= figures.p50Ns(), figures.toString());
    }

    @BothEngines
    void whoWaitsForRoomIsCounted(Fabric fabric) throws Exception {
        Talaria talaria =
                fabric.open(config -> config.ringCapacityBytes(4 << 10).maxMessageBytes(64));
        Gate gate = new Gate();
        ActorRef<Note> full = talaria.actor("full", Note.class, gate::hold);
        full.tell(new Note(0)).orThrow();
        gate.awaitEntered();
        assertEquals(0, talaria.monitor().snapshot().counters().get(BLOCKED));
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 4 << 10 >> 4; i++) {
                full.tell(new Note(i)).orThrow();
            }
        });
        sender.start();
        Await.until("it waits", () -> talaria.monitor().snapshot().counters().get(BLOCKED) == 1);
        gate.open();
        sender.join();
        Fabric.settle(talaria);
    }

    @BothEngines
    void afterTheCloseTheLastIsKnown(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        for (int i = 0; i < 100; i++) {
            notes.tell(new Note(i)).orThrow();
        }
        Fabric.settle(talaria);
        assertEquals("RUNNING", talaria.monitor().snapshot().state());
        talaria.close();
        EngineSnapshot snapshot = talaria.monitor().snapshot();
        assertEquals("CLOSED", snapshot.state());
        assertEquals(100, snapshot.handled());
        addsUp(talaria.stats(), snapshot);
        // Not read again: its rings are given back
        assertSame(snapshot, talaria.monitor().snapshot());
        assertFalse(
                talaria.monitor().dump().contains("drains"), talaria.monitor().dump());
    }
}
