package org.talaria.bench.peer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/** Pekko typed: one actor, one {@code tell} a message, an immutable object each, as its users write it. Settings: {@link PekkoRuntime}. */
public final class PekkoPipe implements Pipe {
    private final PekkoRuntime<ActorRef<Word>> runtime;
    private final int payload;

    /** Messages. */
    sealed interface Word permits Two, Eight {}

    /** 16 bytes. */
    record Two(long a, long b) implements Word {}

    /** 64 bytes. */
    record Eight(long a, long b, long c, long d, long e, long f, long g, long h) implements Word {}

    /** Starts a system with one actor. */
    public PekkoPipe(Check check, int payload, Setting setting) throws Exception {
        this.payload = payload;
        Behavior<Word> sink = Behaviors.setup(context -> new Sink(context, check));
        runtime = new PekkoRuntime<>(setting, (context, props) -> context.spawn(sink, "sink", props));
    }

    private static final class Sink extends AbstractBehavior<Word> {
        private final Check check;

        Sink(ActorContext<Word> context, Check check) {
            super(context);
            this.check = check;
        }

        @Override
        public Receive<Word> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Two.class, this::two)
                    .onMessage(Eight.class, this::eight)
                    .build();
        }

        private Behavior<Word> two(Two message) {
            check.two(message.a(), message.b());
            return this;
        }

        private Behavior<Word> eight(Eight m) {
            check.eight(m.a(), m.b(), m.c(), m.d(), m.e(), m.f(), m.g(), m.h());
            return this;
        }
    }

    @Override
    public void send(long first, long count) {
        ActorRef<Word> sink = runtime.actors();
        for (long n = first; n < first + count; n++) {
            sink.tell(payload == 16 ? new Two(n, n + 1) : eight(n));
        }
    }

    private static Eight eight(long n) {
        return new Eight(n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
