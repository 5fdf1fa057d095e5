package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.talaria.ActorRef;
import org.talaria.CallInterruptedException;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.ReplyTimeoutException;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.actor.Replier;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.AddClaim;
import org.talaria.tests.messages.AddView;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.messages.SumView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;

/** Requests whose thread waits: {@code call} and {@code callInto}. */
class CallTest {
    @BothEngines
    void callWaitsForTheReply(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.answering("adder", Add.class, add -> new Sum(add.a() + add.b()));
            assertEquals(new Sum(3), adder.call(new Add(1, 2), Fabric.LONG));
            assertEquals(new Sum(5), adder.within(Fabric.LONG).call(new Add(2, 3)));
        }
    }

    /** A15 and N10: the reply may come at any moment, as early as inside the send; none is lost. {@code -Dtalaria.tests.scale=10}: 10^6. */
    @BothEngines(seconds = 180)
    void noReplyIsLostHoweverEarly(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            callAndCompare(fabric, talaria, Scale.of(100_000));
        }
    }

    /** The same where the handler runs inside the call itself: 10^6 replies on one thread. */
    @BothEngines(seconds = 180)
    void noReplyIsLostWhereTheCallerDoesTheWork(Fabric fabric) {
        callAndCompare(fabric, fabric.invoker(), Scale.of(1_000_000));
    }

    private static void callAndCompare(Fabric fabric, Talaria talaria, int calls) {
        ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()))
                .within(Fabric.LONG);
        PongView reply = PongView.own();
        for (int i = 0; i < calls; i++) {
            assertEquals(Outcome.ACCEPTED, pinger.callInto(new Ping(i), reply));
            if (reply.number() != i) {
                throw new AssertionError("asked " + i + ", answered " + reply.number());
            }
        }
        assertEquals(calls, Fabric.settle(talaria).handled());
        assertEquals(List.of(), fabric.letters());
    }

    /** A thread's waiter is used again and again: a reply that was meant for an earlier call never answers a later one (R25). */
    @BothEngines
    void aLateReplyNeverAnswersTheNextCall(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            List<Replier<Pong>> late = new ArrayList<>();
            List<Outcome> outcomes = new ArrayList<>();
            ActorRef<Ping> pinger = talaria.actor("pinger", Ping.class, (ping, context) -> {
                if (ping.number() < 0) {
                    late.add(context.later(ping));
                } else {
                    late.forEach(replier -> outcomes.add(replier.reply(new Pong(-1))));
                    context.reply(ping, new Pong(ping.number())).orThrow();
                }
            });
            for (int i = 0; i < 3; i++) {
                assertThrows(ReplyTimeoutException.class, () -> pinger.call(new Ping(-1), Duration.ofMillis(2)));
            }
            assertEquals(new Pong(7), pinger.call(new Ping(7), Fabric.LONG));
            assertEquals(List.of(Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.TIMED_OUT), outcomes);
            assertEquals(List.of(Reason.TIMED_OUT, Reason.TIMED_OUT, Reason.TIMED_OUT), fabric.reasons());
        }
    }

    @BothEngines
    void manyThreadsEachGetTheirOwnReply(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(-ping.number()));
            List<FutureTask<Void>> callers = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(caller -> new FutureTask<Void>(() -> {
                        for (long i = 0; i < 5_000; i++) {
                            long number = caller * 1_000_000L + i;
                            assertEquals(new Pong(-number), pinger.call(new Ping(number), Fabric.LONG));
                        }
                        return null;
                    }))
                    .toList();
            callers.forEach(task -> new Thread(task).start());
            callers.forEach(Await::value);
            assertEquals(40_000, Fabric.settle(talaria).handled());
        }
    }

    @BothEngines
    void callIntoFillsAViewOfTheCallers(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.actor(
                    "adder",
                    AddView.TYPE,
                    (add, context) -> assertEquals(Outcome.ACCEPTED, context.reply(add, new Sum(add.a() + add.b()))));
            SumView sum = SumView.own();
            assertEquals(Outcome.ACCEPTED, adder.callInto(new Add(1, 2), sum));
            assertEquals(3, sum.value());
            assertEquals(Outcome.ACCEPTED, AddClaim.callInto(adder, 4, 5, sum));
            assertEquals(9, sum.value());
            assertEquals(new Sum(9), sum.copy());
            assertEquals(List.of(), fabric.errors());
        }
    }

    @BothEngines
    void aCallThatNobodyAnswersTimesOut(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> silent = talaria.actor("silent", Ping.class, ping -> {});
            assertThrows(ReplyTimeoutException.class, () -> silent.call(new Ping(1), Duration.ofMillis(10)));
            PongView view = PongView.own();
            assertEquals(Outcome.TIMED_OUT, silent.within(Duration.ofMillis(10)).callInto(new Ping(2), view));
        }
    }

    @BothEngines
    void aCallSaysWhyThereIsNoReply(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> bad = talaria.answering("bad", Ping.class, ping -> {
                throw new IllegalStateException("on purpose");
            });
            RequestFailedException failed =
                    assertThrows(RequestFailedException.class, () -> bad.call(new Ping(1), Fabric.LONG));
            assertEquals(Reason.HANDLER_FAILED, failed.reason());
            assertInstanceOf(IllegalStateException.class, failed.getCause());
            assertTrue(failed.getMessage().contains("on purpose"), failed.getMessage());
            Throwable later = Await.failure(bad.ask(new Ping(2), Fabric.LONG));
            assertInstanceOf(IllegalStateException.class, later.getCause());
            Outcome outcome = bad.within(Fabric.LONG).callInto(new Ping(1), PongView.own());
            assertTrue(outcome == Outcome.DROPPED || outcome == Outcome.NO_SUCH_ENDPOINT, outcome.name());

            talaria.stop(bad).orThrow();
            Fabric.settle(talaria);
            RefusedException refused = assertThrows(RefusedException.class, () -> bad.call(new Ping(1), Fabric.LONG));
            assertEquals(Outcome.NO_SUCH_ENDPOINT, refused.outcome());
            assertEquals(Outcome.NO_SUCH_ENDPOINT, bad.callInto(new Ping(1), PongView.own()));
        }
    }

    @BothEngines
    void callInsideAHandlerThrows(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> other = talaria.answering("other", Ping.class, ping -> new Pong(ping.number()));
            ActorRef<Ping> caller =
                    talaria.answering("caller", Ping.class, ping -> other.call(new Ping(1), Fabric.LONG));
            assertThrows(RequestFailedException.class, () -> caller.call(new Ping(1), Fabric.LONG));
            assertInstanceOf(
                    IllegalStateException.class, fabric.letters().get(0).cause());
            assertTrue(
                    fabric.letters().get(0).cause().getMessage().contains("ask"),
                    "names the remedy: " + fabric.letters().get(0).cause());
        }
    }

    @BothEngines
    void closeInsideAHandlerThrows(Fabric fabric) {
        Talaria talaria = fabric.open();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        ActorRef<Ping> closer = talaria.actor("closer", Ping.class, ping -> {
            try {
                talaria.close();
                thrown.complete(new AssertionError("did not throw"));
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        closer.tell(new Ping(1)).orThrow();
        assertInstanceOf(IllegalStateException.class, Await.value(thrown));
        assertEquals(Outcome.ACCEPTED, closer.tell(new Ping(2)), "still open");
    }

    @BothEngines
    void anInterruptEndsACallAndKeepsItsFlag(Fabric fabric) throws InterruptedException {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> silent = talaria.actor("silent", Ping.class, ping -> {});
            FutureTask<Boolean> call = new FutureTask<>(() -> {
                assertThrows(CallInterruptedException.class, () -> silent.call(new Ping(1), Fabric.LONG));
                return Thread.currentThread().isInterrupted();
            });
            Thread caller = new Thread(call, "caller");
            caller.start();
            Await.waiting(caller);
            caller.interrupt();
            assertTrue(Await.value(call), "the flag is kept");
            caller.join();
        }
    }

    @BothEngines
    void anInterruptedThreadMayStillTell(Fabric fabric) throws InterruptedException, ExecutionException {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> pinger = talaria.actor("pinger", Ping.class, ping -> {});
            FutureTask<Outcome> tell = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                Outcome outcome = pinger.tell(new Ping(1));
                assertTrue(Thread.currentThread().isInterrupted());
                return outcome;
            });
            new Thread(tell).start();
            assertEquals(Outcome.ACCEPTED, tell.get());
        }
    }
}
