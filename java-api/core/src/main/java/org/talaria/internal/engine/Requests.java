package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY_TO;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_WAITER;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.RefusedException;
import org.talaria.ReplyTimeoutException;
import org.talaria.RequestFailedException;
import org.talaria.TalariaException;
import org.talaria.message.Codec;
import org.talaria.message.Request;
import org.talaria.message.View;

/** Requests from threads: call, callInto and ask. The waiter is registered before the request is claimed (R25, C9). */
final class Requests {
    private Requests() {}

    @SuppressWarnings("unchecked")
    static <M, R> R call(BaseRef<M> to, Request<? extends M, R> request, long timeoutNs) {
        Sender sender = to.sender();
        long correlation = sender.calls().register(sender.turn(), timeoutNs);
        Outcome sent = send(sender, to, (M) request, correlation);
        if (sent != Outcome.ACCEPTED) {
            sender.calls().cancel();
            throw refused(sent, to);
        }
        return (R) to.cell().engine().waiters().await(sender.calls().slot(), timeoutNs, to.name());
    }

    @SuppressWarnings("unchecked")
    static <M, R> Outcome callInto(BaseRef<M> to, Request<? extends M, R> request, View<R> reply) {
        Sender sender = to.sender();
        long timeoutNs = to.deadlineNs();
        long correlation = sender.calls().register(sender.turn(), timeoutNs);
        Outcome sent = send(sender, to, (M) request, correlation);
        if (sent != Outcome.ACCEPTED) {
            sender.calls().cancel();
            return sent;
        }
        return sender.calls().awaitInto(reply, sender);
    }

    @SuppressWarnings("unchecked")
    static <M, R> CompletionStage<R> ask(BaseRef<M> to, Request<? extends M, R> request, long timeoutNs) {
        Sender sender = to.sender();
        Engine engine = to.cell().engine();
        if (sender.turn() != null) {
            throw new IllegalStateException(
                    "ask(…) of a reference is for threads: in a handler use context.ask(…), whose continuation runs in the actor's own turn");
        }
        AskStage<R> stage = new AskStage<>(engine, to.name(), timeoutNs);
        int slot = engine.waiters().takeSlot();
        long correlation = engine.waiters().stages().register(slot, stage);
        TimerEntry timeOut = new StageTimeOut(engine.waiters().stages(), correlation);
        stage.timeOut(timeOut);
        engine.timerService().schedule(timeOut, timeoutNs);
        Outcome sent = Outcome.CLOSED;
        try {
            sent = send(sender, to, (M) request, correlation);
        } finally {
            // The time-out may have come while the send waited for room: then the stage has failed, and its slot is
            // another's.
            if (sent != Outcome.ACCEPTED && engine.waiters().stages().abandon(correlation)) {
                stage.finish(null, refused(sent, to));
            }
        }
        return stage;
    }

    private static <M> Outcome send(Sender sender, BaseRef<M> to, M request, long correlation) {
        if (request == null) {
            throw new NullPointerException("the request to " + to.name() + " is null");
        }
        Codec<M> codec = to.cell().codecOf(request);
        if (codec == null) {
            throw new TalariaException(
                    request.getClass().getName() + " travels by reference and cannot be asked: make it a @Message");
        }
        long payload = sender.claimRecord(
                to, codec.schema().id(), codec.encodedLength(request), FLAG_CORRELATION | FLAG_WAITER, correlation, 0);
        return payload == 0 ? sender.refusal() : sender.write(codec, request, payload);
    }

    /** A handler's ask: the reply comes as a record. */
    @SuppressWarnings("unchecked")
    static <M> Outcome ask(Turn turn, BaseRef<M> to, Object request, long correlation) {
        Codec<M> codec = to.cell().codecOf((M) request);
        if (codec == null) {
            throw new TalariaException(
                    request.getClass().getName() + " travels by reference and cannot be asked: make it a @Message");
        }
        if (to.cell().engine() != turn.current().engine()) {
            turn.refuse(to.cell(), codec.schema().id(), Outcome.NO_SUCH_ENDPOINT);
            return Outcome.NO_SUCH_ENDPOINT;
        }
        long payload = turn.claim(
                to,
                codec.schema().id(),
                codec.encodedLength((M) request),
                FLAG_CORRELATION | FLAG_REPLY_TO,
                correlation,
                turn.current().address());
        return payload == 0 ? turn.refusal() : encode(to.sender(), turn, codec, (M) request, payload);
    }

    /** Encodes into gathered memory; what throws leaves a dead letter there. */
    static <M> Outcome encode(Sender sender, Turn turn, Codec<M> codec, M message, long payload) {
        sender.encode(codec, message, payload);
        return turn.commit();
    }

    private static RefusedException refused(Outcome sent, BaseRef<?> to) {
        return new RefusedException(
                sent, "the request to " + to.name() + " was not accepted (" + sent + "): " + sent.explanation());
    }

    /** Our own texts name what happened; of others the class tells it, too. A user's exception may fail to tell its text. */
    static String words(Throwable cause) {
        try {
            String text = cause.getMessage();
            return text != null && cause instanceof TalariaException ? text : cause.toString();
        } catch (Throwable e) {
            return cause.getClass().getName();
        }
    }

    /** The exception of a request whose time is up. */
    static ReplyTimeoutException late(String target, long timeoutNs) {
        return new ReplyTimeoutException(
                "no reply from " + target + " within "
                        + Duration.ofNanos(timeoutNs).toString().substring(2).toLowerCase(Locale.ROOT)
                        + ": it is slow, or never replies; more time gives call(request, timeout), ask(request, timeout) or within(…)");
    }

    /** The exception of a request that will get no reply. */
    static RequestFailedException failed(String target, Reason reason, @Nullable Throwable cause) {
        String start = "no reply from " + target + " (" + reason + "): ";
        return cause == null
                ? new RequestFailedException(reason, start + reason.explanation())
                : new RequestFailedException(reason, start + words(cause), cause);
    }
}
