package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.ReplyTimeoutException;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.Text;
import org.talaria.tests.messages.TextClaim;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** N15: every {@link Outcome} there is, by every way to send, from threads and from handlers; what is refused is counted. An outcome without a case fails. */
class EveryOutcomeTest {
    private static final Text TEXT = new Text("x".repeat(100));

    /** Ways to send {@link #TEXT}. */
    private static Map<String, Function<ActorRef<Text>, Outcome>> verbs() {
        Map<String, Function<ActorRef<Text>, Outcome>> verbs = new LinkedHashMap<>();
        verbs.put("tell", ref -> ref.tell(TEXT));
        verbs.put("claim and tell", ref -> TextClaim.tell(ref, TEXT.text()));
        verbs.put("tellAll", ref -> ref.tellAll(List.of(TEXT)));
        verbs.put("batch", ref -> {
            try (TextClaim batch = TextClaim.batch(ref, 1)) {
                batch.next().text(TEXT.text());
                return batch.commit();
            }
        });
        return verbs;
    }

    /** An engine and one of its actors, to which a send has a certain outcome. */
    private record Target(Talaria talaria, ActorRef<Text> ref) {}

    private static Map<Outcome, Function<Fabric, Target>> targets() {
        Map<Outcome, Function<Fabric, Target>> targets = new EnumMap<>(Outcome.class);
        targets.put(Outcome.ACCEPTED, fabric -> target(fabric.invoker(), Mailbox.unbounded()));
        targets.put(Outcome.BACK_PRESSURED, fabric -> full(fabric, BackPressure.FAIL));
        targets.put(Outcome.DROPPED, fabric -> full(fabric, BackPressure.DROP_NEWEST));
        targets.put(Outcome.TIMED_OUT, fabric -> full(fabric, BackPressure.BLOCK));
        targets.put(Outcome.CLOSED, EveryOutcomeTest::closed);
        targets.put(Outcome.NO_SUCH_ENDPOINT, EveryOutcomeTest::stopped);
        targets.put(
                Outcome.TOO_LARGE,
                fabric -> target(fabric.invoker(config -> config.maxMessageBytes(64)), Mailbox.unbounded()));
        return targets;
    }

    private static Target target(Talaria talaria, Mailbox mailbox) {
        ActorRef<Text> ref =
                talaria.with(ActorOptions.options().mailbox(mailbox)).actor("target", Text.class, text -> {});
        Fabric.drain(talaria);
        return new Target(talaria, ref);
    }

    private static Target full(Fabric fabric, BackPressure policy) {
        Target target =
                target(fabric.invoker(config -> config.blockDeadline(Duration.ZERO)), Mailbox.bounded(1, policy));
        target.ref.tell(TEXT).orThrow();
        return target;
    }

    private static Target closed(Fabric fabric) {
        Target target = target(fabric.invoker(), Mailbox.unbounded());
        target.talaria.close();
        return target;
    }

    private static Target stopped(Fabric fabric) {
        Target target = target(fabric.invoker(), Mailbox.unbounded());
        target.talaria.stop(target.ref).orThrow();
        Fabric.drain(target.talaria);
        return target;
    }

    @BothEngines
    void everyOutcomeByEveryWayToSend(Fabric fabric) {
        for (Outcome outcome : Outcome.values()) {
            assertTrue(targets().containsKey(outcome), () -> outcome + " has no case here");
            for (var verb : verbs().entrySet()) {
                Target target = targets().get(outcome).apply(fabric);
                EngineStats before = target.talaria.stats();
                assertEquals(outcome, verb.getValue().apply(target.ref), verb.getKey());
                EngineStats after = target.talaria.stats();
                String what = outcome + " by " + verb.getKey() + " " + after;
                assertEquals(outcome.accepted() ? 1 : 0, after.accepted() - before.accepted(), what);
                // What a closed engine refuses is counted nowhere: its figures are those of its end.
                boolean counted = !outcome.accepted() && outcome != Outcome.CLOSED;
                assertEquals(counted ? 1 : 0, after.refused() - before.refused(), what);
                Fabric.drain(target.talaria);
                Fabric.balanced(target.talaria);
            }
        }
        assertEquals(List.of(), fabric.letters(), "what is not accepted is no dead letter");
    }

    private static Map<Outcome, Function<Fabric, Outcome>> fromInside() {
        Map<Outcome, Function<Fabric, Outcome>> sends = new EnumMap<>(Outcome.class);
        sends.put(Outcome.ACCEPTED, fabric -> byAHandler(target(fabric.invoker(), Mailbox.unbounded())));
        sends.put(Outcome.BACK_PRESSURED, fabric -> byAHandler(full(fabric, BackPressure.FAIL)));
        sends.put(Outcome.DROPPED, fabric -> byAHandler(full(fabric, BackPressure.DROP_NEWEST)));
        sends.put(Outcome.NO_SUCH_ENDPOINT, fabric -> byAHandler(stopped(fabric)));
        sends.put(
                Outcome.TOO_LARGE,
                fabric ->
                        byAHandler(target(fabric.invoker(config -> config.maxMessageBytes(64)), Mailbox.unbounded())));
        sends.put(Outcome.CLOSED, EveryOutcomeTest::whileTheEngineCloses);
        sends.put(Outcome.TIMED_OUT, EveryOutcomeTest::aReplyBehindTheTimeOut);
        return sends;
    }

    /** The first send only fills what is bounded again: the target may have had its turn. */
    private static Outcome byAHandler(Target target) {
        List<Outcome> outcomes = new ArrayList<>();
        ActorRef<Note> source = target.talaria.actor("source", Note.class, note -> {
            outcomes.add(target.ref.tell(TEXT));
            verbs().values().forEach(verb -> outcomes.add(verb.apply(target.ref)));
        });
        long before = target.talaria.stats().refused();
        source.tell(new Note(1)).orThrow();
        Fabric.drain(target.talaria);
        long refused = outcomes.stream().filter(outcome -> !outcome.accepted()).count();
        assertEquals(refused, target.talaria.stats().refused() - before, outcomes::toString);
        Fabric.balanced(target.talaria);
        assertEquals(1, outcomes.stream().skip(1).distinct().count(), outcomes::toString);
        return outcomes.get(1);
    }

    private static Outcome whileTheEngineCloses(Fabric fabric) {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Talaria talaria = fabric.open();
        ActorRef<Text> ref = talaria.actor("target", Text.class, text -> {});
        ActorRef<Note> source = talaria.actor("source", Note.class, note -> {
            entered.countDown();
            closing.await();
            outcome.set(ref.tell(TEXT));
        });
        source.tell(new Note(1)).orThrow();
        Await.until("it handles", () -> entered.getCount() == 0);
        Thread closer = new Thread(talaria::close, "closer");
        closer.start();
        Await.until("it is closed to senders", () -> ref.tell(TEXT) == Outcome.CLOSED);
        closing.countDown();
        Await.until("it has closed", () -> !closer.isAlive());
        return outcome.get();
    }

    private static Outcome aReplyBehindTheTimeOut(Fabric fabric) {
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        CompletableFuture<CompletionStage<Pong>> asked = new CompletableFuture<>();
        Talaria talaria = fabric.open(config -> config.clock(fabric.clock()));
        ActorRef<Ping> late = talaria.actor("late", Ping.class, (ping, context) -> {
            CompletionStage<Pong> stage = Await.value(asked);
            fabric.clock().advance(Duration.ofMillis(1));
            assertInstanceOf(ReplyTimeoutException.class, Await.failure(stage));
            outcome.set(context.reply(ping, new Pong(1)));
        });
        asked.complete(late.ask(new Ping(1), Duration.ofMillis(1)));
        Fabric.settle(talaria);
        return outcome.get();
    }

    @BothEngines
    void everyOutcomeInsideAHandler(Fabric fabric) {
        for (Outcome outcome : Outcome.values()) {
            assertTrue(fromInside().containsKey(outcome), () -> outcome + " has no case here");
            assertEquals(outcome, fromInside().get(outcome).apply(fabric));
        }
    }
}
