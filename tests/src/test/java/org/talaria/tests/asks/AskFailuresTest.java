package org.talaria.tests.asks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.actor.Replier;
import org.talaria.message.Asked;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Replies that cannot be written, read or carried, and completions that behave badly: each hurts its own asker only. */
class AskFailuresTest {
    private static final int SMALL = 10;
    private static final int LARGE = 1_000;
    private static final int MAX_MESSAGE_BYTES = 4 << 10;

    private static ActorRef<Riddle> oracle(Talaria talaria) {
        return talaria.answering(
                "oracle", Riddle.class, riddle -> new Answer(riddle.number(), "x".repeat(riddle.textLength())));
    }

    private static void fails(Throwable failure) {
        RequestFailedException failed = assertInstanceOf(RequestFailedException.class, failure);
        assertEquals(Reason.HANDLER_FAILED, failed.reason());
    }

    /** The slot is taken for writing when the codec throws: who waits must be told all the same. */
    @BothEngines(seconds = 20)
    void aReplyThatCannotBeWrittenFailsTheAsker(Fabric fabric, @TempDir Path folder) {
        Talaria talaria = fabric.open();
        SpitefulReplies spite = new SpitefulReplies(folder);
        ActorRef<Riddle> oracle = talaria.actor(
                "oracle",
                Riddle.class,
                (riddle, context) -> context.reply(anything(riddle), spite.of(riddle.textLength())));
        for (int length : List.of(SMALL, LARGE)) {
            Riddle riddle = new Riddle(0, length);
            fails(assertThrows(RequestFailedException.class, () -> oracle.call(riddle, Fabric.LONG)));
            fails(Await.failure(oracle.ask(riddle, Fabric.LONG)));
        }
        Fabric.settle(talaria);
        assertEquals(4, fabric.letters().size());
    }

    /** The same from a thread of the user's, which gets the exception. */
    @BothEngines(seconds = 20)
    void aLaterReplyThatCannotBeWrittenFailsTheAsker(Fabric fabric, @TempDir Path folder) {
        Talaria talaria = fabric.open();
        SpitefulReplies spite = new SpitefulReplies(folder);
        CompletableFuture<Replier<Object>> replier = new CompletableFuture<>();
        ActorRef<Riddle> later = talaria.actor(
                "later", Riddle.class, (riddle, context) -> replier.complete(context.later(anything(riddle))));
        CompletionStage<Answer> stage = later.ask(new Riddle(1, SMALL), Fabric.LONG);
        Replier<Object> reply = Await.value(replier);
        assertThrows(IllegalStateException.class, () -> reply.reply(spite.of(LARGE)));
        fails(Await.failure(stage));
        Fabric.settle(talaria);
    }

    /** What the compiler would refuse: this request may be answered by anything. */
    @SuppressWarnings("unchecked")
    private static Asked<Object> anything(Riddle riddle) {
        return (Asked<Object>) (Asked<?>) riddle;
    }

    /** Over maxMessageBytes the reply is refused as any message is; nothing was taken, so that a smaller one may follow. */
    @BothEngines(seconds = 20)
    void aReplyThatIsTooLargeIsRefused(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.maxMessageBytes(MAX_MESSAGE_BYTES));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ActorRef<Riddle> oracle = talaria.actor("oracle", Riddle.class, (riddle, context) -> {
            outcome.complete(context.reply(riddle, new Answer(1, "x".repeat(MAX_MESSAGE_BYTES))));
            context.reply(riddle, new Answer(2, "short"));
        });
        assertEquals(new Answer(2, "short"), oracle.call(new Riddle(0, 0), Fabric.LONG));
        assertEquals(Outcome.TOO_LARGE, Await.value(outcome));
        Fabric.settle(talaria);
    }

    /** Decoding runs users' constructors on the completer: an Error there is the stage's, and the completer goes on. */
    @BothEngines(seconds = 20)
    void anErrorInDecodingFailsItsStageOnly(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.waiters(16));
        ActorRef<Riddle> oracle = oracle(talaria);
        for (int i = 0; i < 20; i++) {
            Throwable failure = Await.failure(oracle.ask(new Riddle(Answer.UNREADABLE, LARGE), Fabric.LONG));
            assertInstanceOf(StackOverflowError.class, failure, "request " + i);
        }
        assertEquals(
                new Answer(1, ""),
                Await.value(oracle.ask(new Riddle(1, 0), Fabric.LONG).toCompletableFuture()));
    }

    /** An interrupt that a completion leaves behind is not the next completion's. */
    @BothEngines(seconds = 20)
    void anInterruptLeftByACompletionEndsThere(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Riddle> oracle = oracle(talaria);
        Thread asking = Thread.currentThread();
        boolean onCompleter = false;
        // An answer that is there already runs the completion here, on the thread that asks
        while (!onCompleter) {
            CompletableFuture<Boolean> first = new CompletableFuture<>();
            oracle.ask(new Riddle(1, 0), Fabric.LONG).thenAccept(answer -> {
                boolean elsewhere = Thread.currentThread() != asking;
                if (elsewhere) {
                    Thread.currentThread().interrupt();
                }
                first.complete(elsewhere);
            });
            onCompleter = Await.value(first);
        }
        CompletableFuture<Boolean> flag = oracle.ask(new Riddle(2, 0), Fabric.LONG)
                .thenApply(answer -> Thread.currentThread().isInterrupted())
                .toCompletableFuture();
        assertFalse(Await.value(flag));
    }
}
