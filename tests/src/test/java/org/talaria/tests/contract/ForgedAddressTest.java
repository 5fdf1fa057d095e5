package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.ReplyTimeoutException;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ContextHandler;
import org.talaria.message.Address;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.RegionFile;

/** A29: addresses that are nobody's here: of another engine, or made up. A clear refusal or a dead letter; never another's mailbox, never a crash. */
class ForgedAddressTest {
    private static final int ENDPOINTS = 4_096;

    @TempDir
    Path folder;

    private final List<String> got = new ArrayList<>();

    private ActorRef<Ping> listener(Talaria talaria, String name) {
        return talaria.actor(name, Ping.class, (ping, context) -> got.add(name + " " + ping.number()));
    }

    /** Two engines, whose first endpoints have the same row, generation and shard. */
    private Talaria[] twins(Fabric fabric) {
        Talaria[] twins = {fabric.invoker(), fabric.invoker()};
        assertEquals(Address.of(listener(twins[0], "here")), Address.of(listener(twins[1], "there")));
        return twins;
    }

    private static ActorRef<Ping> there(Talaria[] twins) {
        return twins[1].find("there", Ping.class).orElseThrow();
    }

    @BothEngines
    void stoppingAnothersEndpointStopsNoneOfOurs(Fabric fabric) {
        Talaria[] twins = twins(fabric);
        assertEquals(Outcome.NO_SUCH_ENDPOINT, twins[0].stop(there(twins)));
        Fabric.drain(twins[0]);
        Fabric.drain(twins[1]);
        assertEquals(1, twins[0].stats().endpoints());
        assertEquals(1, twins[1].stats().endpoints());
        twins[0].find("here", Ping.class).orElseThrow().tell(new Ping(1)).orThrow();
        Fabric.drain(twins[0]);
        assertEquals(List.of("here 1"), got);
    }

    /** What a handler here does to an endpoint there, by its context: refused, and in no mailbox of ours. */
    private void refusedInside(Fabric fabric, Talaria[] twins, ContextHandler<Note> act) {
        ActorRef<Note> actor = twins[0].actor("actor", Note.class, act);
        actor.tell(new Note(1)).orThrow();
        for (Talaria twin : twins) {
            Fabric.drain(twin);
            Fabric.balanced(twin);
        }
        assertEquals(List.of("NO_SUCH_ENDPOINT"), got);
        assertEquals(List.of(), fabric.letters());
        assertEquals(2, twins[0].stats().endpoints());
        assertEquals(1, twins[1].stats().endpoints());
    }

    @BothEngines
    void anEndpointOfAnotherEngineIsNoneToForwardTo(Fabric fabric) {
        Talaria[] twins = twins(fabric);
        ActorRef<Ping> foreign = there(twins);
        refusedInside(
                fabric,
                twins,
                (note, context) -> got.add(context.forward(foreign, new Ping(1)).name()));
    }

    @BothEngines
    void anEndpointOfAnotherEngineIsNoneToAsk(Fabric fabric) {
        Talaria[] twins = twins(fabric);
        ActorRef<Ping> foreign = there(twins);
        refusedInside(
                fabric,
                twins,
                (note, context) -> context.ask(
                        foreign,
                        new Ping(1),
                        Duration.ofMillis(1),
                        (pong, failure) -> got.add(assertInstanceOf(RefusedException.class, failure)
                                .outcome()
                                .name())));
    }

    @BothEngines
    void anEndpointOfAnotherEngineIsNoneToStop(Fabric fabric) {
        Talaria[] twins = twins(fabric);
        ActorRef<Ping> foreign = there(twins);
        refusedInside(
                fabric, twins, (note, context) -> got.add(context.stop(foreign).name()));
    }

    /** Told by a handler of ours, it is told by its own engine's rules, as a thread's message. */
    @BothEngines
    void aHandlerMayTellAnotherEngine(Fabric fabric) {
        Talaria[] twins = twins(fabric);
        ActorRef<Ping> foreign = there(twins);
        ActorRef<Note> relay = twins[0].actor("relay", Note.class, note -> foreign.tell(new Ping(note.number()))
                .orThrow());
        relay.tell(new Note(7)).orThrow();
        Fabric.drain(twins[0]);
        assertEquals(List.of(), got);
        Fabric.drain(twins[1]);
        assertEquals(List.of("there 7"), got);
    }

    private Talaria inFolder(Fabric fabric) {
        return fabric.invoker(
                config -> config.regionFolder(folder).maxEndpoints(ENDPOINTS).shards(1));
    }

    /** Each made-up address in the place of a good one, between two good messages. */
    @BothEngines
    void aRecordToAMadeUpAddressIsADeadLetter(Fabric fabric) {
        Talaria talaria = inFolder(fabric);
        ActorRef<Ping> here = listener(talaria, "here");
        Fabric.drain(talaria);
        RegionFile region = RegionFile.in(folder);
        Address good = Address.of(here);
        List<Address> forged = List.of(
                new Address(ENDPOINTS - 1, 1),
                new Address(ENDPOINTS, 1),
                new Address(ENDPOINTS + 1, good.generation()),
                new Address(Integer.MAX_VALUE, good.generation()),
                new Address(-1, good.generation()),
                new Address(Integer.MIN_VALUE, good.generation()),
                new Address(good.index(), good.generation() + 1),
                new Address(good.index(), 0),
                new Address(good.index(), 0xFFFF));
        for (Address address : forged) {
            here.tell(new Ping(1)).orThrow();
            here.tell(new Ping(2)).orThrow();
            region.forgeTarget(0, address.index(), address.generation());
            Fabric.drain(talaria);
            Fabric.balanced(talaria);
            assertEquals(List.of("here 2"), got, address::toString);
            got.clear();
        }
        assertEquals(forged.size(), fabric.letters().size());
        assertEquals(
                List.of(Reason.NO_SUCH_ENDPOINT),
                fabric.reasons().stream().distinct().toList());
        assertEquals(new Ping(1), fabric.letters().get(0).message());
        assertEquals("#" + Integer.MAX_VALUE, fabric.letters().get(3).target());
        assertEquals(List.of(), fabric.errors());
    }

    /** A reply to a waiter that there is not: it finds nobody, and the asker is told when its time is up. */
    @BothEngines
    void aReplyToAMadeUpWaiterFindsNobody(Fabric fabric) {
        Talaria talaria = inFolder(fabric);
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
        Fabric.drain(talaria);
        RegionFile region = RegionFile.in(folder);
        for (long slot : new long[] {64, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            CompletionStage<Pong> stage = pinger.ask(new Ping(slot), Duration.ofMillis(1));
            region.forgeCorrelation(0, slot << 32 | 1);
            Fabric.drain(talaria);
            assertFalse(stage.toCompletableFuture().isDone(), "nobody's reply");
            fabric.clock().advance(Duration.ofMillis(1));
            Fabric.drain(talaria);
            assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage));
            assertEquals(
                    Reason.TIMED_OUT,
                    fabric.letters().get(fabric.letters().size() - 1).reason());
        }
        assertEquals(4, fabric.letters().size());
        assertEquals(List.of(), fabric.errors());
        assertEquals(0, Fabric.balanced(talaria).dead());
    }

    /** A reply to an endpoint that there is not. */
    @BothEngines
    void aReplyToAMadeUpAddressIsRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker(config ->
                config.regionFolder(folder).maxEndpoints(ENDPOINTS).shards(2).batchRecords(1));
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        ActorRef<Ping> pinger = talaria.with(ActorOptions.options().onShard(1))
                .actor("pinger", Ping.class, (ping, context) -> outcome.set(context.reply(ping, new Pong(1))));
        ActorRef<Note> asker = talaria.with(ActorOptions.options().onShard(0))
                .actor(
                        "asker",
                        Note.class,
                        (note, context) -> context.ask(pinger, new Ping(1), Duration.ofMillis(1), (pong, failure) -> {
                            got.add(failure.getClass().getSimpleName());
                        }));
        ActorRef<Note> gate = talaria.with(ActorOptions.options().onShard(1)).actor("gate", Note.class, note -> {});
        Fabric.drain(talaria);
        RegionFile region = RegionFile.in(folder);
        for (long index : new long[] {ENDPOINTS, Integer.MAX_VALUE, 0xFFFF_FFFFL, 0x8000_0000L}) {
            outcome.set(null);
            gate.tell(new Note(1)).orThrow();
            asker.tell(new Note(1)).orThrow();
            // One record a turn: the gate's, and the asker's; the request is next on shard 1.
            talaria.invoke();
            region.forgeReplyTo(1, index | 1L << 32);
            Fabric.drain(talaria);
            assertEquals(Outcome.NO_SUCH_ENDPOINT, outcome.get());
            fabric.clock().advance(Duration.ofMillis(1));
            Fabric.drain(talaria);
        }
        assertEquals(Collections.nCopies(4, "ReplyTimeoutException"), got);
        assertEquals(List.of(), fabric.errors());
        Fabric.balanced(talaria);
    }
}
