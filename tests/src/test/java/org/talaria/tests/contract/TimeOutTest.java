package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.ReplyTimeoutException;
import org.talaria.Talaria;
import org.talaria.TalariaClock;
import org.talaria.actor.Replier;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A14: a request that nobody answers ends when the injected clock says so, not a nanosecond before; the reply that comes later is a dead letter. */
class TimeOutTest {
    private static final Duration TEN = Duration.ofMillis(10);
    private static final Duration ALMOST = TEN.minusNanos(1);

    private final ConcurrentLinkedQueue<Replier<Pong>> repliers = new ConcurrentLinkedQueue<>();

    /** The fabric's clock, which counts how often the thread that waits has looked at it. */
    private static final class WatchedClock implements TalariaClock {
        private final TalariaClock clock;
        private final AtomicLong looks = new AtomicLong();
        private volatile Thread watched;

        WatchedClock(TalariaClock clock) {
            this.clock = clock;
        }

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == watched) {
                looks.incrementAndGet();
            }
            return clock.nanoTime();
        }

        /** Waits until the thread has looked so often that it has judged by the time of now; or has ended. */
        void awaitJudgement() {
            long before = looks.get();
            Await.until("the caller looks at the clock", () -> looks.get() > before + 4 || !watched.isAlive());
        }
    }

    private ActorRef<Ping> silent(Talaria talaria) {
        return talaria.actor("silent", Ping.class, (ping, context) -> repliers.add(context.later(ping)));
    }

    @BothEngines
    void aCallEndsAtItsTimeNotBefore(Fabric fabric) {
        WatchedClock clock = new WatchedClock(fabric.clock());
        Talaria talaria = fabric.open(config -> config.clock(clock));
        callEndsAtItsTime(fabric, clock, talaria, silent -> failureOf(() -> silent.call(new Ping(1), TEN)));
    }

    @BothEngines
    void aCallIntoEndsAtItsTimeNotBefore(Fabric fabric) {
        WatchedClock clock = new WatchedClock(fabric.clock());
        Talaria talaria = fabric.open(config -> config.clock(clock));
        callEndsAtItsTime(fabric, clock, talaria, silent -> silent.within(TEN).callInto(new Ping(1), PongView.own()));
    }

    /** Where the caller does the work itself, in between. */
    @BothEngines
    void aCallOfWhoInvokesEndsAtItsTimeNotBefore(Fabric fabric) {
        WatchedClock clock = new WatchedClock(fabric.clock());
        Talaria talaria = fabric.invoker(config -> config.clock(clock));
        callEndsAtItsTime(fabric, clock, talaria, silent -> failureOf(() -> silent.call(new Ping(1), TEN)));
    }

    private static Object failureOf(Runnable call) {
        try {
            call.run();
            return "returned";
        } catch (ReplyTimeoutException e) {
            return Outcome.TIMED_OUT;
        }
    }

    private void callEndsAtItsTime(
            Fabric fabric, WatchedClock clock, Talaria talaria, Function<ActorRef<Ping>, Object> call) {
        ActorRef<Ping> silent = silent(talaria);
        FutureTask<Object> ended = new FutureTask<>(() -> call.apply(silent));
        Thread caller = new Thread(ended, "caller");
        clock.watched = caller;
        caller.start();
        Await.until("the request is handled", () -> !repliers.isEmpty());
        // The wait began at the time of now: the clock has stood still since the call.
        clock.awaitJudgement();
        fabric.clock().advance(ALMOST);
        clock.awaitJudgement();
        assertFalse(ended.isDone(), "a nanosecond too early");
        fabric.clock().advance(Duration.ofNanos(1));
        assertEquals(Outcome.TIMED_OUT, Await.value(ended));
        lateReplyIsADeadLetter(fabric);
        Fabric.settle(talaria);
    }

    private void lateReplyIsADeadLetter(Fabric fabric) {
        assertEquals(Outcome.TIMED_OUT, repliers.remove().reply(new Pong(77)));
        assertEquals(List.of(Reason.TIMED_OUT), fabric.reasons());
        assertEquals(new Pong(77), fabric.letters().get(0).message());
    }

    /** On an engine with threads, where the completer judges; another's time-out shows that it has. */
    @BothEngines
    void anAskEndsAtItsTimeNotBefore(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.clock(fabric.clock()));
        ActorRef<Ping> silent = silent(talaria);
        CompletionStage<Pong> stage = silent.ask(new Ping(1), TEN);
        CompletionStage<Pong> marker = silent.ask(new Ping(2), TEN.minusMillis(3));
        Await.until("both are handled", () -> repliers.size() == 2);
        fabric.clock().advance(ALMOST);
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(marker));
        CompletionStage<Pong> second = silent.ask(new Ping(3), Duration.ZERO);
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(second));
        assertFalse(stage.toCompletableFuture().isDone(), "a nanosecond too early");
        fabric.clock().advance(Duration.ofNanos(1));
        assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage));
        lateReplyIsADeadLetter(fabric);
        Fabric.settle(talaria);
    }

    /** Of many asks each ends in its own time: what is due ends, and what is not does not. */
    @BothEngines
    void eachAskHasItsOwnTime(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.clock(fabric.clock()));
        ActorRef<Ping> silent = silent(talaria);
        List<CompletableFuture<Pong>> stages = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            stages.add(silent.ask(new Ping(i), Duration.ofMillis(2L * i)).toCompletableFuture());
        }
        for (int i = 1; i <= 40; i++) {
            fabric.clock().advance(Duration.ofMillis(2));
            assertInstanceOf(ReplyTimeoutException.class, Await.failure(stages.get(i - 1)), "ask " + i);
            for (CompletableFuture<Pong> later : stages.subList(i, 40)) {
                assertFalse(later.isDone(), "an ask ended before its time");
            }
        }
        Fabric.settle(talaria);
    }

    /** The late reply to a handler's ask is a record of its own: it is counted among the dead. */
    @BothEngines
    void theLateReplyToAHandlersAskIsADeadLetter(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Ping> silent = silent(talaria);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        ActorRef<Note> asker = talaria.actor(
                "asker",
                Note.class,
                (note, context) -> context.ask(silent, new Ping(1), TEN, (pong, failure) -> told.complete(failure)));
        asker.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        fabric.clock().advance(ALMOST);
        Fabric.drain(talaria);
        assertFalse(told.isDone(), "a nanosecond too early");
        fabric.clock().advance(Duration.ofNanos(1));
        Fabric.drain(talaria);
        assertInstanceOf(ReplyTimeoutException.class, told.getNow(null));
        assertEquals(Outcome.ACCEPTED, repliers.remove().reply(new Pong(77)), "the asker lives");
        Fabric.drain(talaria);
        assertEquals(List.of(Reason.TIMED_OUT), fabric.reasons());
        assertEquals(new Pong(77), fabric.letters().get(0).message());
        assertEquals(1, Fabric.balanced(talaria).dead());
    }
}
