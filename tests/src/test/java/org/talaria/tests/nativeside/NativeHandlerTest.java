package org.talaria.tests.nativeside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineKind;
import org.talaria.NativeHandler;
import org.talaria.Outcome;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.message.Address;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.AddClaim;
import org.talaria.tests.messages.Check;
import org.talaria.tests.messages.CheckerCommand;
import org.talaria.tests.messages.Hop;
import org.talaria.tests.messages.HowMany;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.messages.SumView;
import org.talaria.tests.messages.Tally;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Scale;

/** C++ handlers: native engine only. */
class NativeHandlerTest {
    @TempDir
    Path folder;

    @NativeOnly
    void aCppHandlerAnswers(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.nativeActor("adder", Add.class, HandlerLibrary.handler("adder"));
            assertEquals(new Sum(3), adder.call(new Add(1, 2), Fabric.LONG));
            assertEquals(
                    new Sum(7),
                    Await.value(adder.ask(new Add(3, 4), Fabric.LONG).toCompletableFuture()));
            SumView sum = SumView.own();
            assertEquals(Outcome.ACCEPTED, AddClaim.callInto(adder, 5, 6, sum));
            assertEquals(11, sum.value());
            assertTrue(talaria.find("adder", Add.class).isPresent());
            assertEquals(Outcome.ACCEPTED, adder.tell(new Add(1, 2)), "told, not asked: its reply goes nowhere");
            Fabric.settle(talaria);
            assertEquals(List.of(), fabric.letters());
        }
    }

    /** An actor asks C++, C++ answers into the actor's own turn. */
    @NativeOnly
    void anActorAsksCpp(Fabric fabric) throws InterruptedException {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.nativeActor("adder", Add.class, HandlerLibrary.handler("adder"));
            int asks = 1_000;
            double[] total = new double[1];
            CountDownLatch done = new CountDownLatch(asks);
            ActorRef<Note> asker = talaria.actor(
                    "asker",
                    Note.class,
                    (note, context) -> context.ask(adder, new Add(note.number(), 1), Fabric.LONG, (sum, failure) -> {
                        total[0] += sum == null ? 0 : sum.value();
                        done.countDown();
                    }));
            for (int i = 0; i < asks; i++) {
                asker.tell(new Note(i)).orThrow();
            }
            done.await();
            Fabric.settle(talaria);
            assertEquals(asks * (asks - 1) / 2.0 + asks, total[0]);
        }
    }

    @NativeOnly(seconds = 120)
    void orderAndSingleRunHoldInCpp(Fabric fabric) {
        int each = Scale.of(50_000);
        Talaria talaria = fabric.open(config -> config.workers(4).shards(16));
        List<ActorRef<CheckerCommand>> checkers = IntStream.range(0, 20)
                .mapToObj(i ->
                        talaria.nativeActor("checker-" + i, CheckerCommand.class, HandlerLibrary.handler("checker")))
                .toList();
        List<FutureTask<Void>> senders = IntStream.range(0, 4)
                .mapToObj(sender -> new FutureTask<Void>(() -> {
                    for (int i = 0; i < each; i++) {
                        int target = i % checkers.size();
                        long number = 1 + i / checkers.size();
                        Check check = new Check(sender, target * 20, number, Long.toString(number));
                        checkers.get(target).within(Fabric.LONG).tell(check).orThrow();
                    }
                    return null;
                }))
                .toList();
        senders.forEach(task -> new Thread(task, "sender").start());
        senders.forEach(Await::value);
        long handled = 0;
        for (ActorRef<CheckerCommand> checker : checkers) {
            Tally tally = checker.call(new HowMany(), Fabric.LONG);
            assertEquals(new Tally(tally.handled(), 0, 0, 0), tally);
            handled += tally.handled();
        }
        assertEquals(4L * each, handled);
        Fabric.settle(talaria);
    }

    /** A C++ exception is a dead letter and an entry in the error log, never a crash; state stays, the next is handled. */
    @NativeOnly
    void anExceptionInCppIsADeadLetter(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Ping> moody = talaria.nativeActor("moody", Ping.class, HandlerLibrary.handler("moody"));
            RequestFailedException failed =
                    assertThrows(RequestFailedException.class, () -> moody.call(new Ping(1), Fabric.LONG));
            assertEquals(Reason.HANDLER_FAILED, failed.reason());
            assertTrue(failed.getMessage().endsWith("on purpose 1"), failed.getMessage());
            assertEquals("on purpose 1", String.valueOf(failed.getCause().getMessage()));
            Throwable later = Await.failure(moody.ask(new Ping(3), Fabric.LONG));
            assertEquals(
                    "an exception that is no std::exception",
                    String.valueOf(later.getCause().getMessage()));
            assertEquals(new Pong(3), moody.call(new Ping(2), Fabric.LONG), "the state of two failures stays");
            Fabric.settle(talaria);
            assertEquals(List.of(Reason.HANDLER_FAILED, Reason.HANDLER_FAILED), fabric.reasons());
            DeadLetter letter = fabric.letters().get(0);
            assertEquals("moody", letter.target());
            assertEquals(new Ping(1), letter.message());
            assertTrue(String.valueOf(letter.cause()).contains("on purpose 1"), () -> "" + letter.cause());
            assertEquals(2, fabric.errors().size());
            assertEquals(2, talaria.stats().dead());
        }
    }

    /** Like records on one shard, some for Java and some for C++: each is handled on its side, whatever the one before it was. */
    @NativeOnly
    void likeMessagesForBothSidesOnOneShard(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Double> got = new ArrayList<>();

        ActorRef<Add> java = talaria.actor("java", Add.class, add -> got.add(add.a()));
        ActorRef<Add> cpp = talaria.nativeActor("adder", Add.class, HandlerLibrary.handler("adder"));
        List<ActorRef<Add>> javas = new ArrayList<>(List.of(java));
        while (javas.size() < 4) {
            // One of them shares the C++ endpoint's shard
            javas.add(talaria.actor("java" + javas.size(), Add.class, add -> got.add(add.a())));
        }
        Fabric.drain(talaria);
        int sent = 0;
        for (int round = 0; round < 50; round++) {
            for (ActorRef<Add> one : javas) {
                one.tell(new Add(round, 1)).orThrow();
                one.tell(new Add(round, 2)).orThrow();
                cpp.tell(new Add(round, 3)).orThrow();
                sent += 2;
            }
            Fabric.drain(talaria);
        }
        assertEquals(sent, got.size());
        assertEquals(List.of(), fabric.letters());
        Fabric.balanced(talaria);
    }

    /** A token to and fro between Java and C++, each side with the other's address from the message. */
    @NativeOnly
    void aTokenGoesToAndFro(Fabric fabric) throws InterruptedException {
        int hops = Scale.of(50_000);
        try (Talaria talaria = fabric.open(config -> config.workers(2))) {
            ActorRef<Hop> cpp = talaria.nativeActor("returner", Hop.class, HandlerLibrary.handler("returner"));
            CountDownLatch done = new CountDownLatch(1);
            List<Integer> lefts = new ArrayList<>();
            ActorRef<Hop> java = talaria.actor("java", Hop.class, (hop, context) -> {
                lefts.add(hop.left());
                if (hop.left() <= 1) {
                    done.countDown();
                } else {
                    cpp.tell(new Hop(hop.left() - 1, Address.of(context.self())))
                            .orThrow();
                }
            });
            cpp.tell(new Hop(2 * hops, Address.of(java))).orThrow();
            done.await();
            assertEquals(
                    IntStream.range(0, hops)
                            .map(i -> 2 * (hops - i) - 1)
                            .boxed()
                            .toList(),
                    lefts);
            Fabric.settle(talaria);
            assertEquals(List.of(), fabric.letters());
        }
    }

    @NativeOnly
    void aStaleAddressInCppIsRefusedThere(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Hop> cpp = talaria.nativeActor("returner", Hop.class, HandlerLibrary.handler("returner"));
            ActorRef<Hop> gone = talaria.actor("gone", Hop.class, hop -> {});
            talaria.stop(gone).orThrow();
            Fabric.settle(talaria);
            cpp.tell(new Hop(1, Address.of(gone))).orThrow();
            Fabric.settle(talaria);
            assertEquals(1, fabric.letters().size());
            assertEquals(
                    Reason.HANDLER_FAILED, fabric.reasons().get(0), "the handler threw because its send was refused");
        }
    }

    @NativeOnly
    void aStoppedCppHandlerTakesNothingMore(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.nativeActor("adder", Add.class, HandlerLibrary.handler("adder"));
            talaria.stop(adder).orThrow();
            Fabric.settle(talaria);
            assertEquals(Outcome.NO_SUCH_ENDPOINT, adder.tell(new Add(1, 2)));
            ActorRef<Add> next = talaria.nativeActor("adder", Add.class, HandlerLibrary.handler("adder"));
            assertEquals(new Sum(3), next.call(new Add(1, 2), Fabric.LONG));
        }
    }

    private static void refused(Talaria talaria, NativeHandler handler, String... named) {
        TalariaException refused =
                assertThrows(TalariaException.class, () -> talaria.nativeActor("no", Ping.class, handler));
        for (String part : named) {
            assertTrue(refused.getMessage().contains(part), () -> refused.getMessage() + " should name " + part);
        }
        assertEquals(Optional.empty(), talaria.find("no", Ping.class));
        assertEquals(0, talaria.stats().endpoints());
    }

    @NativeOnly
    void whatCannotBeUsedIsRefusedByName(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open();
        Path nowhere = folder.resolve("libnowhere.so");
        refused(talaria, NativeHandler.in(nowhere).handler("adder"), "libnowhere.so");
        Path damaged = folder.resolve("libdamaged.so");
        Files.writeString(damaged, "this is no library");
        refused(talaria, NativeHandler.in(damaged).handler("adder"), "libdamaged.so");
        refused(talaria, HandlerLibrary.handler("nobody"), "nobody");
        refused(talaria, HandlerLibrary.handler("of_next_year"), "of_next_year", "ABI");
        refused(talaria, HandlerLibrary.handler("of_another_layout"), "of_another_layout", "layout");
        refused(talaria, HandlerLibrary.handler("adder"), "number:i64@0#8", "a:f64@0");
        refused(talaria, HandlerLibrary.handler("stranger"), "number:i64@0#8", "number:i32@0#8");
        refused(talaria, HandlerLibrary.handler("fails_to_begin"), "no beginning, on purpose");
    }

    @Test
    void theJavaEngineHasNoCppHandlers() {
        try (Talaria talaria = Talaria.open(
                TalariaConfig.config().engine(EngineKind.JAVA).shards(1).shutdownHook(false))) {
            TalariaException refused = assertThrows(
                    TalariaException.class,
                    () -> talaria.nativeActor(
                            "a", Add.class, NativeHandler.in(folder).handler("adder")));
            assertTrue(refused.getMessage().contains("native engine"), refused.getMessage());
        }
    }
}
