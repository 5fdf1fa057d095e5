package org.talaria.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ContextHandler;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.PingClaim;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.model.ApiModel.Box;
import org.talaria.tests.model.ApiModel.End;
import org.talaria.tests.model.ApiModel.Item;
import org.talaria.tests.model.ApiSequencesTest.Call;
import org.talaria.tests.support.Fabric;

/** Engine and model, told the same. */
final class ApiPair {
    /** Fewer asks at a time than there are waiters; one is the calling thread's. */
    static final int MOST_ASKS = 14;

    private record Asked(Item item, CompletableFuture<Pong> stage) {}

    private final Talaria talaria;
    private final List<DeadLetter> letters;
    private final ApiModel model = new ApiModel();
    private final List<ActorRef<Ping>> refs = new ArrayList<>();
    private final List<List<Long>> logs = new ArrayList<>();
    private final List<Long> sunk = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final ActorRef<Ping> sink;
    private final PongView view = PongView.own();
    private long controls;

    ApiPair(Talaria talaria, List<DeadLetter> letters) {
        this.talaria = talaria;
        this.letters = letters;
        sink = talaria.actor("sink", Ping.class, (ping, context) -> {
            sunk.add(ping.number());
            Outcome unasked = context.reply(ping, new Pong(ping.number() + 1));
        });
    }

    void perform(Call call) {
        if (refs.isEmpty()) {
            spawn("actor-0", call);
            return;
        }
        int who = call.who() % refs.size();
        Box box = model.boxes.get(who);
        ActorRef<Ping> ref = refs.get(who);
        List<Item> one = List.of(new Item(call.number()));
        List<Item> several = LongStream.range(call.number(), call.number() + call.count())
                .mapToObj(Item::new)
                .toList();
        switch (call.verb()) {
            case CREATE -> spawn("actor-" + refs.size(), call);
            case ANONYMOUS -> spawn("", call);
            case DUPLICATE -> duplicate(box, ref.name(), call);
            case TELL -> assertEquals(model.send(box, one), ref.tell(new Ping(call.number())));
            case CLAIM -> assertEquals(model.send(box, one), PingClaim.tell(ref, call.number()));
            case TELL_ALL -> assertEquals(model.send(box, several), ref.tellAll(pings(several)));
            case BATCH -> assertEquals(model.send(box, several), batch(ref, several));
            case TELL_SOME -> assertEquals(model.some(box, several), ref.tellSome(pings(several), 0));
            case ASK -> ask(box, ref, one.get(0));
            case CALL -> call(box, ref, one.get(0));
            case CALL_INTO -> callInto(box, ref, one.get(0));
            case FIND -> find(box, ref);
            case STOP -> stop(box, ref);
            default -> drain();
        }
        assertEquals(model.accepted + controls, talaria.stats().accepted(), call::toString);
        assertEquals(model.refused, talaria.stats().refused(), call::toString);
    }

    private void spawn(String name, Call call) {
        int capacity = call.count() == 6 ? 0 : call.count();
        BackPressure policy = BackPressure.values()[call.number() % 4];
        List<Long> log = new ArrayList<>();
        Mailbox mailbox = capacity == 0 ? Mailbox.unbounded() : Mailbox.bounded(capacity, policy);
        ActorRef<Ping> made =
                talaria.with(ActorOptions.options().mailbox(mailbox)).actor(name, Ping.class, handler(log));
        assertTrue(name.isEmpty() ? !made.name().isEmpty() : made.name().equals(name), made::name);
        assertTrue(refs.stream().noneMatch(made::equals), "a new actor is none of the old");
        logs.add(log);
        refs.add(made);
        model.boxes.add(new Box(capacity, policy));
    }

    private ContextHandler<Ping> handler(List<Long> log) {
        return (ping, context) -> {
            log.add(ping.number());
            if (ping.number() == ApiModel.THROW) {
                throw new IllegalStateException("on purpose");
            }
            if (ping.number() == ApiModel.QUIT) {
                context.stop();
            }
            if (ping.number() == ApiModel.FORWARD) {
                context.forward(sink, new Ping(ping.number() + 1)).orThrow();
            } else {
                Outcome unasked = context.reply(ping, new Pong(ping.number() + 1));
            }
        };
    }

    /** The name of the living is refused; that of one that is gone is free. */
    private void duplicate(Box box, String name, Call call) {
        boolean taken = talaria.find(name, Ping.class).isPresent();
        assertTrue(taken || box.gone, name);
        if (taken) {
            assertThrows(IllegalArgumentException.class, () -> spawn(name, call));
        } else {
            spawn(name, call);
        }
    }

    private void find(Box box, ActorRef<Ping> ref) {
        Optional<ActorRef<Ping>> found = talaria.find(ref.name(), Ping.class);
        if (box.gone) {
            assertTrue(found.isEmpty() || !found.get().equals(ref), "it is gone");
        } else {
            assertEquals(Optional.of(ref), found);
        }
        assertEquals(Optional.empty(), talaria.find(ref.name(), Note.class), "another type");
        assertEquals(Optional.empty(), talaria.find(ref.name() + "?", Ping.class), "another name");
    }

    private static List<Ping> pings(List<Item> items) {
        return items.stream().map(item -> new Ping(item.number)).toList();
    }

    private static Outcome batch(ActorRef<Ping> ref, List<Item> items) {
        try (PingClaim batch = PingClaim.batch(ref, items.size())) {
            for (Item item : items) {
                batch.next().number(item.number);
            }
            return batch.commit();
        }
    }

    private void ask(Box box, ActorRef<Ping> ref, Item item) {
        if (asked.size() == MOST_ASKS) {
            drain();
        }
        Outcome outcome = model.send(box, List.of(item));
        CompletableFuture<Pong> stage =
                ref.ask(new Ping(item.number), Fabric.LONG).toCompletableFuture();
        if (outcome.accepted()) {
            assertFalse(stage.isDone(), "nobody has invoked");
            asked.add(new Asked(item, stage));
        } else {
            assertEquals(
                    outcome,
                    assertInstanceOf(RefusedException.class, failure(stage)).outcome());
        }
    }

    private static Throwable failure(CompletableFuture<Pong> stage) {
        assertTrue(stage.isDone(), "it is known by now");
        return assertThrows(CompletionException.class, stage::join).getCause();
    }

    /** Whoever calls does the work of all, as far as its reply needs it; the rest follows at once. */
    private void call(Box box, ActorRef<Ping> ref, Item item) {
        Outcome outcome = model.send(box, List.of(item));
        model.drain();
        if (outcome.accepted() && item.end == End.REPLIED) {
            assertEquals(new Pong(item.reply), ref.call(new Ping(item.number), Fabric.LONG));
        } else {
            TalariaException thrown =
                    assertThrows(TalariaException.class, () -> ref.call(new Ping(item.number), Fabric.LONG));
            if (outcome.accepted()) {
                failed(item, thrown);
            } else {
                assertEquals(
                        outcome,
                        assertInstanceOf(RefusedException.class, thrown).outcome());
            }
        }
        drain();
    }

    private void callInto(Box box, ActorRef<Ping> ref, Item item) {
        Outcome sent = model.send(box, List.of(item));
        model.drain();
        Outcome outcome = ref.within(sent == Outcome.TIMED_OUT ? java.time.Duration.ZERO : Fabric.LONG)
                .callInto(new Ping(item.number), view);
        if (!sent.accepted()) {
            assertEquals(sent, outcome);
        } else if (item.end == End.REPLIED) {
            assertEquals(Outcome.ACCEPTED, outcome);
            assertEquals(item.reply, view.number());
        } else {
            assertTrue(EnumSet.of(Outcome.NO_SUCH_ENDPOINT, Outcome.DROPPED).contains(outcome), outcome::name);
        }
        drain();
    }

    private static void failed(Item item, Throwable thrown) {
        Reason reason = assertInstanceOf(RequestFailedException.class, thrown).reason();
        EnumSet<Reason> expected =
                switch (item.end) {
                    case FAILED -> EnumSet.of(Reason.HANDLER_FAILED);
                    case DISPLACED -> EnumSet.of(Reason.DISPLACED);
                    default -> EnumSet.of(Reason.STOPPED, Reason.NO_SUCH_ENDPOINT);
                };
        assertTrue(expected.contains(reason), () -> item.end + ": " + reason);
    }

    private void stop(Box box, ActorRef<Ping> ref) {
        Outcome outcome = talaria.stop(ref);
        // The record that says so counts as the engine's other records do.
        controls += outcome.accepted() ? 1 : 0;
        model.refused += outcome.accepted() ? 0 : 1;
        assertEquals(model.stop(box), outcome);
        drain();
    }

    private void drain() {
        model.drain();
        Fabric.drain(talaria);
        for (int i = 0; i < logs.size(); i++) {
            assertEquals(model.boxes.get(i).handled, logs.get(i), "actor " + i);
        }
        assertEquals(model.sunk, sunk, "forwarded");
        answered();
        EngineStats stats = Fabric.balanced(talaria);
        // A record that says "stop" to an actor that has stopped itself meanwhile is one of the dead.
        assertEquals(model.handled + model.dead + controls, stats.handled() + stats.dead(), stats::toString);
        assertEquals(
                model.dead,
                letters.stream().filter(letter -> letter.message() != null).count());
    }

    private void answered() {
        for (Asked ask : asked) {
            if (ask.item.end == End.REPLIED) {
                assertTrue(ask.stage.isDone(), "it is answered by now");
                assertEquals(new Pong(ask.item.reply), ask.stage.join());
            } else {
                failed(ask.item, failure(ask.stage));
            }
        }
        asked.clear();
    }

    void finish() {
        drain();
        long living = model.boxes.stream().filter(box -> !box.gone).count();
        assertEquals(living + 1, talaria.stats().endpoints(), "these and the sink");
    }
}
