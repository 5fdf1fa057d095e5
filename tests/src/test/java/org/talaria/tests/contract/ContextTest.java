package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.ReplyTimeoutException;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Context;
import org.talaria.actor.Mailbox;
import org.talaria.message.Address;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** What a handler knows and may do. */
class ContextTest {
    @BothEngines
    void selfSenderAndMessageId(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<String> seen = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        ActorRef<Note> sink = talaria.actor("sink", Note.class, (note, context) -> {
            ActorRef<?> sender = context.sender();
            seen.add(context.self().name() + "<-" + (sender == null ? "thread" : sender.name()));
            ids.add(context.messageId());
        });
        ActorRef<Note> relay =
                talaria.actor("relay", Note.class, note -> sink.tell(note).orThrow());
        sink.tell(new Note(1)).orThrow();
        sink.tell(new Note(2)).orThrow();
        relay.tell(new Note(3)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of("sink<-thread", "sink<-thread", "sink<-relay"), seen);
        assertEquals(3, ids.stream().distinct().count());
        assertEquals(ids.get(0) >>> 32, ids.get(1) >>> 32, "one sender id a thread");
        assertEquals(ids.get(0) + 1, ids.get(1), "sequences are consecutive");
        assertTrue(ids.get(2) >>> 32 != ids.get(0) >>> 32, "an endpoint has an id of its own");
        assertEquals(1, ids.get(2) & 0xFFFF_FFFFL, "from 1");
    }

    @BothEngines
    void timeIsTheClocksAndFixedWithinATurn(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Long> times = new ArrayList<>();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, (note, context) -> {
            times.add(context.nowNs());
            fabric.clock().advance(Duration.ofMillis(1));
            times.add(context.nowNs());
        });
        Fabric.drain(talaria);
        long before = fabric.clock().nanoTime();
        ref.tell(new Note(1)).orThrow();
        ref.tell(new Note(2)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(before, before, before, before), times);
        ref.tell(new Note(3)).orThrow();
        Fabric.drain(talaria);
        assertEquals(before + 2_000_000, times.get(4), "the next turn has its own time");
    }

    @BothEngines
    void aReplyToAForwardedRequestGoesToTheFirstAsker(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            AtomicReference<String> outcome = new AtomicReference<>("");
            ActorRef<Ping> last = talaria.answering("last", Ping.class, ping -> new Pong(ping.number() * 2));
            ActorRef<Ping> middle = talaria.actor(
                    "middle",
                    Ping.class,
                    (ping, context) -> outcome.updateAndGet(old -> old + context.forward(last, ping)));
            ActorRef<Ping> first = talaria.actor(
                    "first",
                    Ping.class,
                    (ping, context) ->
                            outcome.updateAndGet(old -> old + context.forward(middle, new Ping(ping.number() + 1))));
            assertEquals(new Pong(42), first.call(new Ping(20), Fabric.LONG));
            assertEquals("ACCEPTEDACCEPTED", outcome.get());
            Fabric.settle(talaria);
        }
    }

    @BothEngines
    void aContextIsNotToBeKept(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<Context> kept = new AtomicReference<>();
        AtomicReference<Ping> request = new AtomicReference<>();
        ActorRef<Ping> ref = talaria.actor("keeper", Ping.class, (ping, context) -> {
            kept.set(context);
            request.set(ping);
        });
        ref.tell(new Ping(1)).orThrow();
        Fabric.drain(talaria);
        Context context = kept.get();
        assertThrows(IllegalStateException.class, context::self);
        assertThrows(IllegalStateException.class, context::sender);
        assertThrows(IllegalStateException.class, context::messageId);
        assertThrows(IllegalStateException.class, context::nowNs);
        assertThrows(IllegalStateException.class, context::stop);
        assertThrows(IllegalStateException.class, context::children);
        assertThrows(IllegalStateException.class, () -> context.reply(request.get(), new Pong(1)));
        assertThrows(IllegalStateException.class, () -> context.later(request.get()));
        assertThrows(IllegalStateException.class, () -> context.forward(ref, request.get()));
    }

    @BothEngines
    void aContextIsNotForOtherThreads(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            ActorRef<Ping> ref = talaria.actor("sharer", Ping.class, (ping, context) -> {
                Thread other = new Thread(() -> {
                    try {
                        ActorRef<?> self = context.self();
                        thrown.complete(new AssertionError("did not throw but gave " + self.name()));
                    } catch (RuntimeException e) {
                        thrown.complete(e);
                    }
                });
                other.start();
                other.join();
            });
            ref.tell(new Ping(1)).orThrow();
            assertInstanceOf(IllegalStateException.class, Await.value(thrown));
        }
    }

    /** Asks {@code to} from inside an actor; gives what {@code then} was told, and on which endpoint. */
    private static CompletableFuture<Object> askFromInside(Talaria talaria, ActorRef<Ping> to, Duration timeout) {
        CompletableFuture<Object> told = new CompletableFuture<>();
        AtomicReference<Thread> running = new AtomicReference<>();
        ActorRef<Note> asker = talaria.actor("", Note.class, (note, context) -> {
            running.set(Thread.currentThread());
            context.ask(
                    to,
                    new Ping(note.number()),
                    timeout,
                    (pong, failure) -> told.complete(pong != null ? pong : failure));
        });
        asker.tell(new Note(7)).orThrow();
        return told;
    }

    @BothEngines
    void anActorMayAsk(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
        CompletableFuture<Object> told = askFromInside(talaria, pinger, Fabric.LONG);
        Fabric.drain(talaria);
        assertEquals(new Pong(7), told.getNow("nothing"));
        Fabric.balanced(talaria);
    }

    /** The continuation is one more run of the actor: never beside another of its runs. */
    @BothEngines
    void theContinuationRunsInTheActorsOwnTurn(Fabric fabric) {
        try (Talaria talaria = fabric.open(config -> config.workers(2))) {
            int asks = 2_000;
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
            long[] state = new long[3];
            java.util.concurrent.atomic.AtomicBoolean inside = new java.util.concurrent.atomic.AtomicBoolean();
            CompletableFuture<Long> done = new CompletableFuture<>();
            ActorRef<Note> asker = talaria.actor("asker", Note.class, (note, context) -> {
                state[2] += inside.compareAndSet(false, true) ? 0 : 1;
                context.ask(pinger, new Ping(note.number()), Fabric.LONG, (pong, failure) -> {
                    state[2] += inside.compareAndSet(false, true) ? 0 : 1;
                    state[0] += pong == null ? 0 : pong.number();
                    state[1]++;
                    inside.set(false);
                    if (state[1] == asks) {
                        done.complete(state[0]);
                    }
                });
                inside.set(false);
            });
            for (int i = 0; i < asks; i++) {
                asker.tell(new Note(i)).orThrow();
            }
            assertEquals((long) asks * (asks - 1) / 2, Await.value(done));
            assertEquals(0, state[2], "two runs at once");
            Fabric.settle(talaria);
        }
    }

    @BothEngines
    void anAskOfAnActorTimesOutByTheClockOfTheEngine(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> silent = talaria.actor("silent", Ping.class, ping -> {});
        CompletableFuture<Object> told = askFromInside(talaria, silent, Duration.ofMillis(10));
        Fabric.drain(talaria);
        fabric.clock().advance(Duration.ofNanos(9_999_999));
        Fabric.drain(talaria);
        assertEquals("nothing", told.getNow("nothing"));
        fabric.clock().advance(Duration.ofMillis(2));
        Await.until("told", () -> {
            talaria.invoke();
            return told.isDone();
        });
        assertInstanceOf(ReplyTimeoutException.class, Await.value(told));
        Fabric.balanced(talaria);
    }

    @BothEngines
    void anAskOfAnActorFailsAsTheRequestDoes(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> bad = talaria.answering("bad", Ping.class, ping -> {
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<Object> failed = askFromInside(talaria, bad, Fabric.LONG);
        Fabric.drain(talaria);
        assertEquals(
                Reason.HANDLER_FAILED,
                assertInstanceOf(RequestFailedException.class, failed.getNow("nothing"))
                        .reason());

        talaria.stop(bad).orThrow();
        Fabric.drain(talaria);
        CompletableFuture<Object> refused = askFromInside(talaria, bad, Fabric.LONG);
        Fabric.drain(talaria);
        Object failure = refused.getNow("nothing");
        assertTrue(failure instanceof RefusedException || failure instanceof RequestFailedException, failure::toString);
    }

    /** A handler's BLOCK never waits: its send goes over a full ring into the overflow, in order. */
    @BothEngines
    void aHandlersSendNeverWaits(Fabric fabric) {
        Talaria talaria = fabric.invoker(config ->
                config.ringCapacityBytes(4_096).maxMessageBytes(512).shards(2).batchRecords(16));
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> sink = talaria.with(ActorOptions.options().onShard(1))
                .actor("sink", Note.class, note -> got.add(note.number()));
        ActorRef<Note> source = talaria.with(ActorOptions.options().onShard(0)).actor("source", Note.class, note -> {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(Outcome.ACCEPTED, sink.tell(new Note(note.number() * 1_000 + i)));
            }
        });
        for (int round = 0; round < 5; round++) {
            source.tell(new Note(round)).orThrow();
            // The sink takes 16 a turn: each round finds what the last one spilled still waiting.
            talaria.invoke();
        }
        Fabric.drain(talaria);
        assertEquals(List.of(), fabric.errors());
        assertEquals(IntStream.range(0, 5_000).boxed().toList(), got);
        assertTrue(talaria.stats().spilled() > 0);
        Fabric.balanced(talaria);
    }

    /** The hard limit of the overflow is the end: BACK_PRESSURED, not memory without bound, and not silence. */
    @BothEngines
    void theHardLimitOfTheOverflowRefuses(Fabric fabric) {
        Talaria talaria = fabric.invoker(config ->
                config.ringCapacityBytes(4_096).maxMessageBytes(512).shards(2).overflowHardBytes(64 << 10));
        List<Integer> got = new ArrayList<>();
        List<Outcome> refusals = new ArrayList<>();
        ActorRef<Note> sink = talaria.with(ActorOptions.options().onShard(1))
                .actor("sink", Note.class, note -> got.add(note.number()));
        ActorRef<Note> source = talaria.with(ActorOptions.options().onShard(0)).actor("source", Note.class, note -> {
            for (int i = 0; i < 10_000; i++) {
                Outcome outcome = sink.tell(new Note(i));
                if (!outcome.accepted()) {
                    refusals.add(outcome);
                }
            }
        });
        source.tell(new Note(0)).orThrow();
        Fabric.drain(talaria);
        assertTrue(got.size() > 64, "some fit: " + got.size());
        assertTrue(refusals.size() > 1_000, "most do not: " + refusals.size());
        assertEquals(
                List.of(Outcome.BACK_PRESSURED), refusals.stream().distinct().toList());
        assertEquals(10_000, got.size() + refusals.size() + fabric.letters().size());
        assertEquals(got.stream().sorted().toList(), got, "in order");
        Fabric.balanced(talaria);
    }

    @BothEngines
    void addressesTravel(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Address> got = new ArrayList<>();
        ActorRef<org.talaria.tests.messages.Hop> ref =
                talaria.actor("hops", org.talaria.tests.messages.Hop.class, hop -> got.add(hop.next()));
        Address address = Address.of(ref);
        ref.tell(new org.talaria.tests.messages.Hop(1, address)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(address), got);
        assertTrue(address.generation() > 0);
    }

    @BothEngines
    void aBoundedMailboxIsNotFullForAHandlerThatBlocks(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Integer> got = new ArrayList<>();
        ActorRef<Note> sink = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(2, BackPressure.BLOCK)))
                .actor("sink", Note.class, note -> got.add(note.number()));
        ActorRef<Note> strict = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(2, BackPressure.FAIL)))
                .actor("strict", Note.class, note -> got.add(-note.number()));
        List<Outcome> outcomes = new ArrayList<>();
        ActorRef<Note> source = talaria.actor("source", Note.class, note -> {
            for (int i = 1; i <= 4; i++) {
                assertEquals(Outcome.ACCEPTED, sink.tell(new Note(i)));
            }
            for (int i = 1; i <= 4; i++) {
                outcomes.add(strict.tell(new Note(i)));
            }
        });
        source.tell(new Note(0)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(), fabric.errors());
        assertEquals(
                List.of(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.BACK_PRESSURED, Outcome.BACK_PRESSURED), outcomes);
        assertEquals(6, got.size());
        Fabric.balanced(talaria);
    }

    @BothEngines
    void aSenderIsKnownAcrossAReply(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<ActorRef<?>> sender = new AtomicReference<>();
        ActorRef<Ping> pinger = talaria.actor("pinger", Ping.class, (ping, context) -> sender.set(context.sender()));
        CompletionStage<Pong> stage = pinger.ask(new Ping(1), Duration.ofMillis(1));
        Fabric.drain(talaria);
        assertNull(sender.get(), "a thread is no endpoint");
        CompletableFuture<Object> told = askFromInside(talaria, pinger, Duration.ofMillis(1));
        Fabric.drain(talaria);
        assertTrue(sender.get() != null, "an endpoint is");
        fabric.clock().advance(Duration.ofMillis(2));
        Await.until("both time out", () -> {
            talaria.invoke();
            return told.isDone() && stage.toCompletableFuture().isDone();
        });
    }
}
