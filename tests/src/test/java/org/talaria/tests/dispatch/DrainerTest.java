package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Drainer;
import org.talaria.Outcome;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.internal.engine.Abandoned;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Endpoints of a thread that the application owns: {@code mainThread().drain()}. */
class DrainerTest {
    private static final ActorOptions MAIN = ActorOptions.options().in("main");

    private final List<Integer> got = new ArrayList<>();

    private static void drainAll(Drainer drainer) {
        while (drainer.ready()) {
            drainer.drain();
        }
    }

    @BothEngines
    void messagesAreHandledOnTheThreadThatDrains(Fabric fabric) {
        Talaria talaria = fabric.open();
        Drainer main = talaria.mainThread();
        assertFalse(main.ready());
        assertEquals(0, main.drain());
        AtomicReference<Thread> on = new AtomicReference<>();
        ActorRef<Note> scene = talaria.with(MAIN).actor("scene", Note.class, note -> {
            on.set(Thread.currentThread());
            got.add(note.number());
        });
        for (int i = 0; i < 10; i++) {
            assertEquals(Outcome.ACCEPTED, scene.tell(new Note(i)));
        }
        assertTrue(main.ready());
        assertEquals(4, main.drain(4));
        assertEquals(List.of(0, 1, 2, 3), got);
        drainAll(main);
        assertEquals(10, got.size());
        assertSame(Thread.currentThread(), on.get());
        assertFalse(main.ready());
        Fabric.settle(talaria);
    }

    /** A loop as a window's: it draws, and drains what workers' handlers sent; its own handlers' sends reach the workers. */
    @BothEngines
    void aLoopSharesWorkWithTheWorkers(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> scene = talaria.with(MAIN).actor("scene", Note.class, note -> got.add(note.number()));
        ActorRef<Note> physics = talaria.actor("physics", Note.class, note -> scene.tell(new Note(note.number() + 1)));
        ActorRef<Note> input = talaria.with(MAIN).actor("input", Note.class, note -> physics.tell(note));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Outcome.ACCEPTED, input.tell(new Note(i)));
        }
        Drainer main = talaria.mainThread();
        Await.until("all came back", () -> {
            main.drain(16);
            return got.size() == 1_000;
        });
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i + 1, got.get(i));
        }
        Fabric.settle(talaria);
    }

    @BothEngines
    void aCallIsAnsweredByTheLoop(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Ping> ui = talaria.with(MAIN).answering("ui", Ping.class, ping -> new Pong(ping.number() + 1));
        FutureTask<Pong> call = new FutureTask<>(() -> ui.call(new Ping(1), Fabric.LONG));
        new Thread(call, "caller").start();
        Drainer main = talaria.mainThread();
        Await.until("it was asked", () -> main.drain() > 0);
        assertEquals(new Pong(2), Await.value(call));
    }

    @BothEngines
    void aNestedDrainDoesNothing(Fabric fabric) {
        Talaria talaria = fabric.open();
        Drainer main = talaria.mainThread();
        ActorRef<Note> dialog = talaria.with(MAIN).actor("dialog", Note.class, note -> {
            got.add(note.number());
            assertEquals(0, main.drain());
        });
        dialog.tell(new Note(1)).orThrow();
        dialog.tell(new Note(2)).orThrow();
        assertEquals(2, main.drain());
        assertEquals(List.of(1, 2), got);
        assertEquals(List.of(), fabric.letters());
    }

    @BothEngines
    void oneThreadOwnsIt(Fabric fabric) {
        Talaria talaria = fabric.open();
        Drainer main = talaria.mainThread();
        main.drain();
        FutureTask<String> other = new FutureTask<>(
                () -> assertThrows(IllegalStateException.class, main::drain).getMessage());
        new Thread(other, "other").start();
        String text = Await.value(other);
        assertTrue(text.startsWith("the group main is drained by thread "), text);
        assertThrows(IllegalArgumentException.class, () -> main.drain(0));
    }

    /** The object is asked for anew each time, as a frame's loop does. */
    @BothEngines
    void itIsOneDrainerHoweverOftenItIsAskedFor(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> dialog = talaria.with(MAIN).actor("dialog", Note.class, note -> {
            assertEquals(0, talaria.mainThread().drain());
            assertThrows(IllegalStateException.class, talaria::close);
            got.add(note.number());
        });
        dialog.tell(new Note(1)).orThrow();
        assertEquals(1, talaria.mainThread().drain());
        FutureTask<IllegalStateException> other = new FutureTask<>(() -> assertThrows(
                IllegalStateException.class, () -> talaria.mainThread().drain()));
        new Thread(other, "other").start();
        Await.value(other);
        assertEquals(List.of(1), got);
        assertThrows(TalariaException.class, () -> talaria.drainer("(receivers)"));
    }

    /** A thread that ended in the middle of a drain gives its shard back, and another owns it. */
    @BothEngines
    void whatAnEndedThreadHeldIsGivenBack(Fabric fabric) throws InterruptedException {
        Talaria talaria = fabric.open();
        ActorRef<Note> scene = talaria.with(MAIN).actor("scene", Note.class, note -> got.add(note.number()));
        scene.tell(new Note(1)).orThrow();
        FutureTask<Boolean> held = new FutureTask<>(() -> Abandoned.hold(scene));
        Thread thread = new Thread(held, "ends");
        thread.start();
        assertTrue(Await.value(held));
        thread.join();
        Await.until("it is given back", () -> talaria.mainThread().drain() > 0);
        assertEquals(List.of(1), got);
        assertEquals(1, fabric.errors().size());
        Fabric.settle(talaria);
    }

    /** What a handler throws is a dead letter, and the rest is handled. */
    @BothEngines
    void aHandlerThatThrowsHurtsNoOther(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Note> bad = talaria.with(MAIN).actor("bad", Note.class, note -> {
            got.add(note.number());
            if (note.number() == 1) {
                throw new StackOverflowError("on purpose");
            }
        });
        for (int i = 0; i < 3; i++) {
            bad.tell(new Note(i)).orThrow();
        }
        assertEquals(3, talaria.mainThread().drain());
        assertEquals(List.of(0, 1, 2), got);
        assertEquals(List.of(Reason.HANDLER_FAILED), fabric.reasons());
        Fabric.settle(talaria);
    }

    @BothEngines
    void groupsAreTheApplications(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.group(
                        ShardGroup.named("scene").shards(2).lanes(2).drainedByCaller())
                .group(ShardGroup.named("orders").shards(2).lanes(4)));
        ActorRef<Note> first = talaria.with(ActorOptions.options().in("scene"))
                .actor("first", Note.class, note -> got.add(note.number()));
        ActorRef<Note> second = talaria.with(ActorOptions.options().in("scene"))
                .actor("second", Note.class, note -> got.add(note.number()));
        first.tell(new Note(1)).orThrow();
        second.tell(new Note(2)).orThrow();
        assertEquals(2, talaria.drainer("scene").drain());
        ActorRef<Note> order = talaria.with(ActorOptions.options().in("orders")).actor("order", Note.class, note -> {});
        order.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        String text = assertThrows(TalariaException.class, () -> talaria.drainer("orders"))
                .getMessage();
        assertEquals("the group orders is drained by the engine's workers: give it drainedByCaller()", text);
        text = assertThrows(TalariaException.class, () -> talaria.drainer("none"))
                .getMessage();
        assertTrue(text.startsWith("there is no shard group none: open with config().group("), text);
        assertThrows(
                IllegalArgumentException.class,
                () -> talaria.with(ActorOptions.options().in("none")).actor("lost", Note.class, note -> {}));
    }

    @BothEngines
    void whatNobodyDrainsIsDeadBehindTheCloseDeadline(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.closeDeadline(Duration.ofMillis(1)));
        ActorRef<Note> scene = talaria.with(MAIN).actor("scene", Note.class, note -> got.add(note.number()));
        Drainer main = talaria.mainThread();
        scene.tell(new Note(1)).orThrow();
        talaria.close();
        assertEquals(List.of(), got);
        assertEquals(List.of(Reason.CLOSED), fabric.reasons());
        assertEquals(0, main.drain());
    }
}
