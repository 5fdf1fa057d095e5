package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY_TO;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_WAITER;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.Join;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.RefusedException;
import org.talaria.TalariaException;
import org.talaria.Timers;
import org.talaria.actor.Actors;
import org.talaria.actor.Context;
import org.talaria.actor.Replier;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.message.Asked;
import org.talaria.message.Codec;
import org.talaria.message.Request;

/** The context of a worker's turns: one object, good while a handler runs on its thread. */
final class ContextImpl implements Context {
    private final Engine engine;
    private @Nullable Codec<?> lastReply;
    private final Turn turn;
    private final Timers timers;

    ContextImpl(Engine engine, Turn turn) {
        this.engine = engine;
        this.turn = turn;
        timers = new OwnTimers(engine, this);
    }

    private void check() {
        if (!turn.active()) {
            throw new IllegalStateException(
                    "a context is valid only inside the handler that got it, on its thread: use later(…) for a reply that outlives it");
        }
    }

    @Override
    public ActorRef<?> self() {
        check();
        return turn.current();
    }

    @Override
    public @Nullable ActorRef<?> sender() {
        check();
        return engine.senders().endpoint(Mem.getInt(turn.record() + RecordDescriptor.SENDER_OFFSET));
    }

    @Override
    public long messageId() {
        check();
        return RecordDescriptor.id(turn.record());
    }

    @Override
    public long nowNs() {
        check();
        return turn.nowNs();
    }

    @Override
    public Actors children() {
        check();
        return new Factory(engine, turn.current());
    }

    @Override
    public <R> Outcome reply(Asked<R> request, R reply) {
        check();
        int flags = requestFlags();
        if ((flags & FLAG_CORRELATION) == 0) {
            return Outcome.NO_SUCH_ENDPOINT;
        }
        return replyTo(flags, correlation(flags), replyAddress(flags), reply);
    }

    /** The flags of the message at hand as a request: the correlation of a fork's is nobody's who waits for a reply. */
    private int requestFlags() {
        int flags = RecordDescriptor.flags(turn.record());
        return (flags & RecordDescriptor.FLAG_JOIN) == 0 ? flags : 0;
    }

    private long correlation(int flags) {
        return (flags & FLAG_CORRELATION) == 0
                ? 0
                : Mem.getLong(turn.record() + RecordDescriptor.extensionOffset(flags, FLAG_CORRELATION));
    }

    private long replyAddress(int flags) {
        return (flags & FLAG_REPLY_TO) == 0
                ? 0
                : Mem.getLong(turn.record() + RecordDescriptor.extensionOffset(flags, FLAG_REPLY_TO));
    }

    @SuppressWarnings("unchecked")
    private <R> Outcome replyTo(int flags, long correlation, long address, R reply) {
        Codec<?> last = lastReply;
        if (last == null || last.type() != reply.getClass()) {
            last = Codecs.of(reply.getClass());
            engine.schemas().register(last);
            lastReply = last;
        }
        Codec<R> codec = (Codec<R>) last;
        if (codec.encodedLength(reply) > engine.layout().maxMessageBytes()) {
            return Outcome.TOO_LARGE;
        }
        if ((flags & FLAG_WAITER) != 0) {
            TurnLog log = turn.log();
            if (log != null) {
                log.reply(turn, correlation, codec, reply);
            }
            if (engine.waiters().reply(correlation, codec, reply)) {
                return Outcome.ACCEPTED;
            }
            engine.deadLetters().late("the asker", reply, codec.schema().id());
            return Outcome.TIMED_OUT;
        }
        Cell<?> asker = engine.cellOf(address);
        if (asker == null) {
            return Outcome.NO_SUCH_ENDPOINT;
        }
        long payload = turn.claim(
                asker, codec.schema().id(), codec.encodedLength(reply), FLAG_CORRELATION | FLAG_REPLY, correlation, 0);
        return payload == 0 ? turn.refusal() : Requests.encode(engine.senders().current(), turn, codec, reply, payload);
    }

    @Override
    public <R> Replier<R> later(Asked<R> request) {
        check();
        int flags = requestFlags();
        return new LaterReplier<>(engine, flags, correlation(flags), replyAddress(flags));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Outcome forward(Ref<? super T> to, T message) {
        check();
        BaseRef<T> target = (BaseRef<T>) to;
        if (target.cell().engine() != engine) {
            turn.refuse(target.cell(), 0, Outcome.NO_SUCH_ENDPOINT);
            return Outcome.NO_SUCH_ENDPOINT;
        }
        Codec<T> codec = target.cell().codecOf(message);
        if (codec == null) {
            return References.tell(target.sender(), target, message);
        }
        int flags = requestFlags();
        int kept = flags & (FLAG_CORRELATION | FLAG_REPLY_TO | FLAG_WAITER);
        long payload = turn.claim(
                target,
                codec.schema().id(),
                codec.encodedLength(message),
                kept,
                correlation(flags),
                replyAddress(flags));
        return payload == 0 ? turn.refusal() : Requests.encode(target.sender(), turn, codec, message, payload);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <M, R> void ask(
            ActorRef<M> to,
            Request<? extends M, R> request,
            Duration timeout,
            BiConsumer<? super @Nullable R, ? super @Nullable Throwable> then) {
        check();
        Cell<?> asker = turn.current();
        if (asker.kind() != org.talaria.internal.memory.EndpointDescriptor.KIND_JAVA) {
            throw new TalariaException("only Java actors can ask");
        }
        Cell.Extras extras = asker.extras();
        long correlation = ++extras.nextAsk;
        Outcome sent = Requests.ask(turn, (BaseRef<M>) to, request, correlation);
        if (sent != Outcome.ACCEPTED) {
            then.accept(null, new RefusedException(sent, "the request to " + to.name() + " was not accepted: " + sent));
            return;
        }
        HandlerAsk waiting = new HandlerAsk(asker, correlation, Continuation.of(then));
        extras.asks.put(correlation, waiting);
        engine.timerService().schedule(waiting, timeout.toNanos());
    }

    @Override
    public <M> Join fork(List<? extends Ref<M>> to, M message) {
        check();
        return new Fork<M>(engine, to).send(message);
    }

    @Override
    public <M> Join forkEach(List<? extends Ref<M>> to, IntFunction<? extends M> messageOf) {
        check();
        return new Fork<M>(engine, to).sendEach(messageOf);
    }

    @Override
    public Timers timers() {
        check();
        return timers;
    }

    @Override
    public void stop() {
        check();
        turn.requestStop();
    }

    @Override
    public Outcome stop(Ref<?> endpoint) {
        check();
        return engine.stop(endpoint);
    }

    /**
     * A reply that outlives its handler.
     *
     * @param <R> type of the reply
     */
    private static final class LaterReplier<R> implements Replier<R> {
        private final Engine engine;
        private final int flags;
        private final long correlation;
        private final long address;
        private final java.util.concurrent.atomic.AtomicBoolean used = new java.util.concurrent.atomic.AtomicBoolean();

        LaterReplier(Engine engine, int flags, long correlation, long address) {
            this.engine = engine;
            this.flags = flags;
            this.correlation = correlation;
            this.address = address;
        }

        @Override
        public Outcome reply(R reply) {
            @SuppressWarnings("unchecked")
            Codec<R> codec = Codecs.of((Class<R>) reply.getClass());
            engine.schemas().register(codec);
            if (codec.encodedLength(reply) > engine.layout().maxMessageBytes()) {
                return Outcome.TOO_LARGE;
            }
            if ((flags & FLAG_CORRELATION) == 0 || !used.compareAndSet(false, true)) {
                return Outcome.NO_SUCH_ENDPOINT;
            }
            if ((flags & FLAG_WAITER) != 0) {
                if (engine.waiters().reply(correlation, codec, reply)) {
                    return Outcome.ACCEPTED;
                }
                engine.deadLetters().late("the asker", reply, codec.schema().id());
                return Outcome.TIMED_OUT;
            }
            Cell<?> asker = engine.cellOf(address);
            if (asker == null) {
                return Outcome.NO_SUCH_ENDPOINT;
            }
            return engine.sendReply(asker, codec, reply, correlation);
        }
    }
}
