package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.ReplyTimeoutException;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.actor.Replier;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.ManualClock;

/** Requests from threads by {@code ask}: replies, failures, time-outs. */
class AskTest {
    private static void driveUntilDone(Talaria talaria, CompletionStage<?> stage) {
        Await.until("the stage is done", () -> {
            talaria.invoke();
            return stage.toCompletableFuture().isDone();
        });
    }

    @BothEngines
    void theStageCompletesWithTheReply(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.answering("adder", Add.class, add -> new Sum(add.a() + add.b()));
            CompletionStage<Sum> sum = adder.ask(new Add(1, 2), Fabric.LONG);
            assertEquals(new Sum(3), Await.value(sum.toCompletableFuture()));
            assertEquals(new Sum(7), Await.value(adder.ask(new Add(3, 4)).toCompletableFuture()));
        }
    }

    @BothEngines
    void completionsNeverRunOnAWorker(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            AtomicReference<Thread> worker = new AtomicReference<>();
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> {
                worker.set(Thread.currentThread());
                return new Pong(ping.number());
            });
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<Thread> ran = new CompletableFuture<>();
                pinger.ask(new Ping(i), Fabric.LONG)
                        .whenComplete((pong, failure) -> ran.complete(Thread.currentThread()));
                assertNotEquals(worker.get(), Await.value(ran));
            }
        }
    }

    /** A completion may use the engine as any thread may: it may even wait. */
    @BothEngines
    void aCompletionMayCall(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
            CompletionStage<Pong> second = pinger.ask(new Ping(1), Fabric.LONG)
                    .thenApply(pong -> pinger.call(new Ping(pong.number() + 1), Fabric.LONG));
            assertEquals(new Pong(2), Await.value(second.toCompletableFuture()));
        }
    }

    /** A14: nobody answers: it fails at its deadline, not before, and the late reply is a dead letter. */
    @BothEngines
    void aRequestThatNobodyAnswersTimesOut(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<Replier<Pong>> replier = new AtomicReference<>();
        ActorRef<Ping> silent =
                talaria.actor("silent", Ping.class, (ping, context) -> replier.set(context.later(ping)));
        Fabric.drain(talaria);
        CompletionStage<Pong> stage = silent.ask(new Ping(1), Duration.ofMillis(10));
        Fabric.drain(talaria);
        fabric.clock().advance(Duration.ofNanos(9_999_999));
        Fabric.drain(talaria);
        assertFalse(stage.toCompletableFuture().isDone());
        // Time-outs are never early, and late by a tick of a millisecond at most.
        fabric.clock().advance(Duration.ofMillis(2));
        driveUntilDone(talaria, stage);
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage));
        assertEquals(Outcome.TIMED_OUT, replier.get().reply(new Pong(1)));
        Fabric.drain(talaria);
        assertEquals(List.of(Reason.TIMED_OUT), fabric.reasons());
        assertEquals(new Pong(1), fabric.letters().get(0).message());
        Fabric.balanced(talaria);
    }

    /** The slot of a request that timed out is free again: more time-outs than there are slots. */
    @BothEngines
    void timedOutRequestsLeaveNoWaiterBehind(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.waiters(16));
        ActorRef<Ping> silent = talaria.actor("silent", Ping.class, (ping, context) -> {});
        for (int i = 0; i < 100; i++) {
            CompletionStage<Pong> stage = silent.ask(new Ping(i), Duration.ofMillis(10));
            Fabric.drain(talaria);
            fabric.clock().advance(Duration.ofMillis(12));
            driveUntilDone(talaria, stage);
            assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage), "request " + i);
        }
    }

    /** The origin of a clock is arbitrary: {@link System#nanoTime} may pass the largest long. */
    @BothEngines(seconds = 10)
    void aTimeOutMayLieBeyondTheLargestLong(Fabric fabric) {
        ManualClock clock = new ManualClock(Long.MAX_VALUE - 5_000_000);
        Talaria talaria = fabric.invoker(config -> config.clock(clock));
        ActorRef<Ping> silent = talaria.actor("silent", Ping.class, (ping, context) -> {});
        CompletionStage<Pong> stage = silent.ask(new Ping(1), Duration.ofMillis(10));
        clock.advance(Duration.ofMillis(9));
        Fabric.drain(talaria);
        assertFalse(stage.toCompletableFuture().isDone());
        clock.advance(Duration.ofMillis(3));
        driveUntilDone(talaria, stage);
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage));
    }

    @BothEngines(seconds = 10)
    void aRequestWhoseHandlerThrowsFailsAtOnce(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> bad = talaria.answering("bad", Ping.class, ping -> {
                throw new IllegalStateException("on purpose");
            });
            Throwable failure = Await.failure(bad.ask(new Ping(1), Fabric.LONG));
            assertEquals(
                    Reason.HANDLER_FAILED,
                    assertInstanceOf(RequestFailedException.class, failure).reason());
        }
    }

    @BothEngines
    void aRequestToAStoppedEndpointIsRefused(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
            talaria.stop(pinger).orThrow();
            Fabric.settle(talaria);
            Throwable failure = Await.failure(pinger.ask(new Ping(1), Fabric.LONG));
            assertEquals(
                    Outcome.NO_SUCH_ENDPOINT,
                    assertInstanceOf(RefusedException.class, failure).outcome());
        }
    }

    @BothEngines
    void aRequestThatDiesWithItsEndpointFails(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> quitter = talaria.actor("quitter", Ping.class, (ping, context) -> context.stop());
        Fabric.drain(talaria);
        // The first request is handled and not answered; the second is still in the mailbox when the actor goes.
        quitter.tell(new Ping(0)).orThrow();
        CompletionStage<Pong> stage = quitter.ask(new Ping(1), Fabric.LONG);
        driveUntilDone(talaria, stage);
        assertEquals(
                Reason.STOPPED,
                assertInstanceOf(RequestFailedException.class, Await.failure(stage))
                        .reason());
    }

    @BothEngines
    void aRequestThatIsNotAcceptedIsRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> full = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.FAIL)))
                .answering("full", Ping.class, ping -> new Pong(ping.number()));
        Fabric.drain(talaria);
        full.tell(new Ping(0)).orThrow();
        CompletionStage<Pong> stage = full.ask(new Ping(1), Fabric.LONG);
        driveUntilDone(talaria, stage);
        assertEquals(
                Outcome.BACK_PRESSURED,
                assertInstanceOf(RefusedException.class, Await.failure(stage)).outcome());
    }

    @BothEngines
    void openRequestsFailWhenTheEngineCloses(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Ping> silent = talaria.actor("silent", Ping.class, (ping, context) -> {});
        CompletionStage<Pong> stage = silent.ask(new Ping(1), Fabric.LONG);
        Fabric.settle(talaria);
        talaria.close();
        assertTrue(stage.toCompletableFuture().isDone() || Await.failure(stage) != null);
        Throwable failure = Await.failure(stage);
        assertTrue(
                failure instanceof RequestFailedException || failure instanceof RefusedException,
                () -> "fails by the close, not by its time-out: " + failure);
    }

    @BothEngines
    void aSecondReplyHasNobodyToGoTo(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            CompletableFuture<Outcome> first = new CompletableFuture<>();
            CompletableFuture<Outcome> second = new CompletableFuture<>();
            ActorRef<Ping> pinger = talaria.actor("pinger", Ping.class, (ping, context) -> {
                first.complete(context.reply(ping, new Pong(1)));
                second.complete(context.reply(ping, new Pong(2)));
            });
            assertEquals(new Pong(1), pinger.call(new Ping(0), Fabric.LONG));
            assertEquals(Outcome.ACCEPTED, Await.value(first));
            assertNotEquals(Outcome.ACCEPTED, Await.value(second));
        }
    }

    @BothEngines
    void aReplyToSomethingToldGoesNowhereAndSaysSo(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            ActorRef<Ping> pinger = talaria.actor(
                    "pinger", Ping.class, (ping, context) -> outcome.complete(context.reply(ping, new Pong(1))));
            pinger.tell(new Ping(1)).orThrow();
            assertEquals(Outcome.NO_SUCH_ENDPOINT, Await.value(outcome));
            assertEquals(1, Fabric.settle(talaria).handled());
        }
    }

    @BothEngines
    void aLaterReplyMayComeFromAnyThreadOnce(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            CompletableFuture<Replier<Pong>> replier = new CompletableFuture<>();
            ActorRef<Ping> later =
                    talaria.actor("later", Ping.class, (ping, context) -> replier.complete(context.later(ping)));
            CompletionStage<Pong> stage = later.ask(new Ping(1), Fabric.LONG);
            Replier<Pong> reply = Await.value(replier);
            assertFalse(stage.toCompletableFuture().isDone());
            assertEquals(Outcome.ACCEPTED, reply.reply(new Pong(5)));
            assertEquals(new Pong(5), Await.value(stage.toCompletableFuture()));
            assertEquals(Outcome.NO_SUCH_ENDPOINT, reply.reply(new Pong(6)));
        }
    }

    @BothEngines
    void aNullMessageIsRefusedByName(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> pinger = talaria.answering("pinger", Ping.class, ping -> new Pong(ping.number()));
            Ping none = nothing();
            assertThrows(NullPointerException.class, () -> pinger.tell(none));
            assertThrows(NullPointerException.class, () -> pinger.call(none, Fabric.LONG));
            assertEquals(new Pong(1), pinger.call(new Ping(1), Fabric.LONG), "and the engine goes on");
        }
    }

    private static <T> T nothing() {
        return null;
    }
}
