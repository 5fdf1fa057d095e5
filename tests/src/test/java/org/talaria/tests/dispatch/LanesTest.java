package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Priority lanes: higher ones first, none starves, order within each (C5). Engines that the test drives. */
class LanesTest {
    private static final int EVERY = 8;

    private final List<Integer> got = new ArrayList<>();

    private ActorRef<Note> notes(Talaria talaria) {
        ActorRef<Note> ref = talaria.with(ActorOptions.options().onShard(0))
                .actor("notes", Note.class, note -> got.add(note.number()));
        Fabric.drain(talaria);
        return ref;
    }

    /** One message of each priority, the lowest first: its number is the priority's. */
    private static void oneOfEach(ActorRef<Note> ref) {
        for (Priority priority : Priority.values()) {
            assertEquals(Outcome.ACCEPTED, ref.at(priority).tell(new Note(priority.ordinal())));
        }
    }

    private List<Integer> orderWith(Fabric fabric, int lanes) {
        Talaria talaria = fabric.invoker(config -> config.lanes(lanes));
        ActorRef<Note> ref = notes(talaria);
        got.clear();
        oneOfEach(ref);
        Fabric.drain(talaria);
        Fabric.balanced(talaria);
        return List.copyOf(got);
    }

    @BothEngines
    void theHigherLaneIsServedFirst(Fabric fabric) {
        assertEquals(List.of(3, 2, 1, 0), orderWith(fabric, 4));
    }

    @BothEngines
    void fewerLanesAreShared(Fabric fabric) {
        assertEquals(List.of(0, 1, 2, 3), orderWith(fabric, 1));
        assertEquals(List.of(2, 3, 0, 1), orderWith(fabric, 2));
        assertEquals(List.of(2, 3, 1, 0), orderWith(fabric, 3));
    }

    @BothEngines
    void handlersSendByPriorityToo(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(4));
        ActorRef<Note> ref = notes(talaria);
        ActorRef<Note> relay = talaria.with(ActorOptions.options().onShard(1)).actor("relay", Note.class, note -> {
            oneOfEach(ref);
            oneOfEach(ref);
        });
        assertEquals(Outcome.ACCEPTED, relay.tell(new Note(0)));
        Fabric.drain(talaria);
        assertEquals(List.of(3, 3, 2, 2, 1, 1, 0, 0), got);
    }

    /** Each lane has numbers of its own range, ascending. */
    @BothEngines
    void noneStarvesAndEachKeepsItsOrder(Fabric fabric) {
        int each = 400;
        Talaria talaria = fabric.invoker(config -> config.lanes(4).lowerLaneEvery(EVERY));
        ActorRef<Note> ref = notes(talaria);
        for (Priority priority : Priority.values()) {
            for (int i = 0; i < each; i++) {
                assertEquals(Outcome.ACCEPTED, ref.at(priority).tell(new Note(1_000 * priority.ordinal() + i)));
            }
        }
        Fabric.drain(talaria);
        assertEquals(4 * each, got.size());
        int[] next = new int[4];
        int[] waited = new int[4];
        for (int number : got) {
            int lane = number / 1_000;
            assertEquals(next[lane]++, number % 1_000, "the order of lane " + lane);
            for (int other = 0; other < 4; other++) {
                waited[other] = other == lane || next[other] == each ? 0 : waited[other] + 1;
                assertTrue(waited[other] < EVERY, () -> "lane starved for " + EVERY + " messages at " + number);
            }
        }
        List<Integer> first = got.subList(0, 10 * EVERY);
        long urgent = first.stream().filter(number -> number >= 3_000).count();
        assertEquals(10 * (EVERY - 3), urgent, "all but the lower lanes' share goes to the highest");
    }

    /** An actor is told to start in the NORMAL lane, and a higher one is in front of that. */
    @BothEngines
    void anActorStartsBeforeItsFirstMessageInAnyLane(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(4));
        AtomicBoolean started = new AtomicBoolean();
        ActorRef<Note> ref = talaria.actor("starter", () -> new Actor<Note>() {
            @Override
            protected void started() {
                assertTrue(started.compareAndSet(false, true), "started twice");
            }

            @Override
            protected Receive<Note> receive() {
                return on(Note.class, note -> {
                    assertTrue(started.get(), "handled before it started");
                    got.add(note.number());
                });
            }
        });
        assertEquals(Outcome.ACCEPTED, ref.at(Priority.CRITICAL).tell(new Note(1)));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
        assertEquals(List.of(), fabric.letters());
        assertTrue(started.get());
    }

    @BothEngines
    void batchesTravelInTheirLane(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.lanes(2));
        ActorRef<Note> ref = notes(talaria);
        assertEquals(Outcome.ACCEPTED, ref.tellAll(List.of(new Note(1), new Note(2))));
        assertEquals(Outcome.ACCEPTED, ref.at(Priority.HIGH).tellAll(List.of(new Note(3), new Note(4))));
        assertEquals(1, ref.at(Priority.CRITICAL).tellSome(List.of(new Note(5)), 0));
        Fabric.drain(talaria);
        assertEquals(List.of(3, 4, 5, 1, 2), got);
    }
}
