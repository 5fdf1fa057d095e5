package org.talaria.bench.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.talaria.bench.pipe.Latencies;

/** Pekko typed: {@code ask}, waited for by spinning on the stage. Settings: {@link PekkoRuntime}. */
public final class PekkoCaller implements Latencies.Caller {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final PekkoRuntime<ActorRef<Question>> runtime;

    /** A request. */
    record Question(long a, long b, ActorRef<Reply> replyTo) {}

    /** Its reply. */
    record Reply(long a, long b) {}

    /** Starts a system with one responder. */
    public PekkoCaller(Setting setting) throws Exception {
        Behavior<Question> responder = Behaviors.receiveMessage(question -> {
            question.replyTo().tell(new Reply(question.b(), question.a()));
            return Behaviors.same();
        });
        runtime = new PekkoRuntime<>(setting, (context, props) -> context.spawn(responder, "responder", props));
    }

    @Override
    public void call(long n) throws Exception {
        CompletableFuture<Reply> asked = AskPattern.<Question, Reply>ask(
                        runtime.actors(),
                        replyTo -> new Question(n, n + 1, replyTo),
                        TIMEOUT,
                        runtime.system().scheduler())
                .toCompletableFuture();
        while (!asked.isDone()) {
            Thread.onSpinWait();
        }
        Reply reply = asked.get();
        Latencies.verify(n, reply.a(), reply.b());
    }

    @Override
    public void close() {
        runtime.close();
    }
}
