package org.talaria.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Priority;
import org.talaria.message.Codec;
import org.talaria.message.Outbound;
import org.talaria.message.Request;
import org.talaria.message.View;

/**
 * A reference: an endpoint's cell, and how it is sent to. Its hot path finds the calling thread's sender without a map: the last one is kept here.
 *
 * @param <M> what may be told
 */
public abstract class BaseRef<M> implements ActorRef<M> {
    /** A deadline that has passed, of who tries again: no room yet is no refusal. */
    static final long TRIES_AGAIN = -1;

    /** The sender of a thread that uses this reference: racy on purpose, checked against the thread. */
    private @Nullable Owned cached;

    abstract Cell<M> cell();

    abstract long deadlineNs();

    /** Ordinal of the {@link Priority} that it sends with. */
    abstract int priority();

    /** What a send does where there is no room: ordinal of {@link org.talaria.BackPressure}. */
    abstract int policy();

    /** How long its messages may wait to be handled; 0 = for ever. */
    abstract long timeToLiveNs();

    /** The calling thread's outbound; for generated code. */
    public final Outbound outbound() {
        return sender();
    }

    final Sender sender() {
        Owned known = cached;
        Sender sender = known != null && known.thread() == Thread.currentThread() ? known.sender() : ofThread(known);
        return sender.unlessWriting();
    }

    /** Threads that take turns would take this line from each other, and from the worker, with each message: so only now and then the latest is remembered. */
    private Sender ofThread(@Nullable Owned known) {
        Sender sender = cell().engine().senders().current();
        // A prime: no rhythm of the thread's other messages keeps it from coming
        if (known == null || sender.sequence() % 251 == 0) {
            cached = sender.owned();
        }
        return sender;
    }

    @Override
    public final String name() {
        return cell().endpointName();
    }

    @Override
    public final Outcome tell(M message) {
        if (message == null) {
            throw new NullPointerException("the message to " + name() + " is null");
        }
        Codec<M> codec = cell().codecOf(message);
        if (codec == null) {
            return References.tell(sender(), this, message);
        }
        Sender sender = sender();
        long payload = sender.claim(this, codec, codec.encodedLength(message));
        if (payload == 0) {
            return sender.refusal();
        }
        return sender.write(codec, message, payload);
    }

    @Override
    public final Outcome tellAll(List<? extends M> batch) {
        return Batches.tellAll(this, batch);
    }

    @Override
    public final int tellSome(List<? extends M> batch, int from) {
        return Batches.tellSome(this, batch, from);
    }

    @Override
    public final <R> CompletionStage<R> ask(Request<? extends M, R> request, Duration timeout) {
        return Requests.ask(this, request, timeout.toNanos());
    }

    @Override
    public final <R> CompletionStage<R> ask(Request<? extends M, R> request) {
        return Requests.ask(this, request, deadlineNs());
    }

    @Override
    public final <R> R call(Request<? extends M, R> request, Duration timeout) {
        return Requests.call(this, request, timeout.toNanos());
    }

    @Override
    public final <R> R call(Request<? extends M, R> request) {
        return Requests.call(this, request, deadlineNs());
    }

    @Override
    public final <R> Outcome callInto(Request<? extends M, R> request, View<R> reply) {
        return Requests.callInto(this, request, reply);
    }

    @Override
    public final ActorRef<M> within(Duration deadline) {
        if (deadline.isNegative()) {
            throw new IllegalArgumentException("deadline " + deadline + " is negative: give zero or more");
        }
        return new VariantRef<>(cell(), deadline.toNanos(), priority(), timeToLiveNs());
    }

    @Override
    public final ActorRef<M> at(Priority priority) {
        return new VariantRef<>(cell(), deadlineNs(), priority.ordinal(), timeToLiveNs());
    }

    @Override
    public final ActorRef<M> expiringAfter(Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("time to live " + timeToLive + " is out of range: give more than zero");
        }
        return new VariantRef<>(cell(), deadlineNs(), priority(), timeToLive.toNanos());
    }

    /** The same address for who never waits and tries again: a full endpoint that lets its senders wait says TIMED_OUT at once, and it is no refusal. */
    final BaseRef<M> atOnce() {
        return new VariantRef<>(cell(), TRIES_AGAIN, priority(), timeToLiveNs());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof BaseRef<?> ref && ref.cell() == cell();
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(cell());
    }

    @Override
    public final String toString() {
        return cell().endpointName() + "#" + cell().index() + "." + cell().generation();
    }

    /**
     * The same address, sent to in another way.
     *
     * @param <M> what may be told
     */
    private static final class VariantRef<M> extends BaseRef<M> {
        private final Cell<M> cell;
        private final long deadlineNs;
        private final int priority;
        private final int policy;
        private final long timeToLiveNs;

        VariantRef(Cell<M> cell, long deadlineNs, int priority, long timeToLiveNs) {
            this.cell = cell;
            this.deadlineNs = deadlineNs;
            this.priority = priority;
            this.timeToLiveNs = timeToLiveNs;
            policy = cell.policyAt(priority);
        }

        @Override
        Cell<M> cell() {
            return cell;
        }

        @Override
        long deadlineNs() {
            return deadlineNs;
        }

        @Override
        int priority() {
            return priority;
        }

        @Override
        int policy() {
            return policy;
        }

        @Override
        long timeToLiveNs() {
            return timeToLiveNs;
        }
    }
}
