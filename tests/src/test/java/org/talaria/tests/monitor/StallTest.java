package org.talaria.tests.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.talaria.ActorRef;
import org.talaria.EngineError;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.nativeside.HandlerLibrary;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** A handler that runs for too long is reported while it does, with its name and its stack. */
class StallTest {
    private static final Consumer<TalariaConfig> SOON =
            config -> config.stallThreshold(Duration.ofMillis(1)).workers(2);

    private static long stalls(Talaria talaria) {
        return talaria.monitor().snapshot().counters().get("stalls");
    }

    private static EngineError only(Fabric fabric) {
        Await.until("a stall is told", () -> !fabric.errors().isEmpty());
        assertEquals(1, fabric.errors().size());
        return fabric.errors().get(0);
    }

    private static void assertStack(EngineError error, Class<?> type, String method) {
        assertTrue(
                Arrays.stream(error.cause().getStackTrace())
                        .anyMatch(line -> line.getClassName().equals(type.getName())
                                && line.getMethodName().equals(method)),
                () -> Arrays.toString(error.cause().getStackTrace()));
    }

    @BothEngines
    void itIsToldOnceWithNameAndStack(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open(SOON);
        Gate gate = new Gate();
        ActorRef<Note> slow = talaria.with(ActorOptions.options().onShard(1)).actor("slow", Note.class, gate::hold);
        slow.tell(new Note(1)).orThrow();
        EngineError error = only(fabric);
        assertEquals("slow", error.where());
        String text = error.cause().getMessage();
        assertTrue(text.startsWith("the handler of slow has run for 1 ms on talaria-worker-"), text);
        assertTrue(text.endsWith("drains shard 1 meanwhile and no other"), text);
        assertStack(error, Gate.class, "hold");
        // Two more looks at the same message tell nothing more
        long looks = looks(talaria);
        Await.until("it looked again", () -> looks(talaria) >= looks + 2);
        assertEquals(1, stalls(talaria));
        assertEquals(1, fabric.errors().size());
        gate.open();
        Fabric.settle(talaria);
    }

    private static long looks(Talaria talaria) {
        return talaria.monitor().snapshot().counters().get("looks of the keeper");
    }

    @BothEngines
    void aReceiversHandlerToo(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open(SOON.andThen(
                config -> config.group(ShardGroup.named("scene").shards(1).drainedByCaller())));
        Gate gate = new Gate();
        ActorRef<Note> slow = talaria.with(ActorOptions.options().in("scene")).actor("slow", Note.class, gate::hold);
        slow.tell(new Note(1)).orThrow();
        var drainer = talaria.drainer("scene");
        Thread scene = new Thread(() -> drainer.drain(), "the scene's thread");
        scene.start();
        EngineError error = only(fabric);
        assertTrue(error.cause().getMessage().contains(" on the scene's thread (drainer "), error.toString());
        assertStack(error, Gate.class, "hold");
        gate.open();
        scene.join();
        Fabric.settle(talaria);
    }

    @BothEngines
    void whereNothingIsToBeToldNothingIs(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open(config -> config.stallThreshold(Duration.ZERO));
        Gate gate = new Gate();
        ActorRef<Note> slow = talaria.actor("slow", Note.class, gate::hold);
        slow.tell(new Note(1)).orThrow();
        gate.awaitEntered();
        long looks = looks(talaria);
        Await.until("it looked again", () -> looks(talaria) >= looks + 4);
        assertEquals(0, stalls(talaria));
        gate.open();
        Fabric.settle(talaria);
        assertEquals(0, fabric.errors().size());
    }

    @NativeOnly
    void aCppHandlersStallIsNamed(Fabric fabric) {
        Talaria talaria = fabric.open(SOON);
        ActorRef<Note> held = talaria.nativeActor("held", Note.class, HandlerLibrary.handler("held"));
        ActorRef<Note> releases = talaria.nativeActor("releases", Note.class, HandlerLibrary.handler("held"));
        held.tell(new Note(1)).orThrow();
        EngineError error = only(fabric);
        assertEquals("held", error.where());
        assertTrue(
                error.cause().getMessage().endsWith("; it is C++, so the stack ends where Java called the worker"),
                error.toString());
        assertTrue(
                Arrays.stream(error.cause().getStackTrace())
                        .anyMatch(line -> line.getMethodName().equals("runWorker")),
                error.toString());
        Await.until("it is told of", () -> talaria.monitor().snapshot().endpoints().stream()
                .anyMatch(endpoint -> endpoint.name().equals("held")));
        releases.tell(new Note(2)).orThrow();
        Fabric.settle(talaria);
        // Timed in one turn of some, counted in each
        Await.until("a message was timed", () -> {
            held.tell(new Note(0)).orThrow();
            Fabric.settle(talaria);
            return talaria.monitor().snapshot().endpoints().get(0).p50Ns() > 0;
        });
        assertTrue(talaria.monitor().snapshot().endpoints().get(0).handled() > 1);
    }
}
