package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_JOIN;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.talaria.Join;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.message.Codec;

/**
 * One fork: a message, or one each, to many endpoints, with a join. What is claimed counts as sent, and what is not is taken off the join at the end, however that comes.
 *
 * @param <M> type of the message
 */
final class Fork<M> {
    private static final int FLAGS = FLAG_CORRELATION | FLAG_JOIN;

    private final Engine engine;
    private final BaseRef<M>[] to;
    private int sent;

    @SuppressWarnings("unchecked")
    Fork(Engine engine, List<? extends Ref<M>> given) {
        this.engine = engine;
        // A copy: the user's list must not run between a claim and its commit (R11)
        to = given.toArray(BaseRef[]::new);
    }

    private void check(BaseRef<M> ref) {
        if (ref.cell().engine() != engine) {
            throw new IllegalArgumentException(
                    ref.name() + " belongs to another engine: that one's fork sends messages to it");
        }
    }

    Join send(M message) {
        if (message == null) {
            throw new NullPointerException("the message of a fork is null");
        }
        if (to.length > 1) {
            check(to[0]);
            Sender sender = to[0].sender();
            Codec<M> codec = to[0].cell().codecOf(message);
            if (codec != null && sender.turn() == null) {
                return sendRanges(sender, codec, message);
            }
        }
        return sendEach(i -> message);
    }

    private Join sendRanges(Sender sender, Codec<M> codec, M message) {
        ForkTargets<M> targets = new ForkTargets<>(to);
        for (int i = 0; i < targets.size(); i++) {
            check(targets.named(i));
            if (targets.named(i).cell().codecOf(message) != codec) {
                throw new IllegalArgumentException(
                        targets.named(i).name() + " takes other messages than " + to[0].name() + ": a fork sends one");
            }
        }
        try (ForkedRecords<M> records = new ForkedRecords<>(engine, sender, targets, codec, message, FLAGS)) {
            JoinImpl join = opened();
            try {
                records.send(join.correlation());
            } finally {
                join.refuse(to.length - records.sent());
            }
            return join;
        }
    }

    Join sendEach(IntFunction<? extends M> messageOf) {
        for (BaseRef<M> ref : to) {
            check(ref);
        }
        JoinImpl join = opened();
        try {
            for (int i = 0; i < to.length; i++) {
                M message = messageOf.apply(i);
                if (message == null) {
                    throw new NullPointerException("the message to " + to[i].name() + " is null");
                }
                send(to[i], message, join.correlation());
            }
        } finally {
            join.refuse(to.length - sent);
        }
        return join;
    }

    private JoinImpl opened() {
        JoinImpl join = engine.joins().open(to.length);
        // One of nobody has nothing that ends it
        join.look();
        return join;
    }

    /** @return how it was refused; null if it was not */
    private @Nullable Outcome send(BaseRef<M> ref, M message, long correlation) {
        Sender sender = ref.sender();
        Codec<M> codec = ref.cell().codecOf(message);
        if (codec == null) {
            Outcome outcome = References.tell(sender, ref, message, FLAGS, correlation);
            sent += outcome.accepted() ? 1 : 0;
            return outcome.accepted() ? null : outcome;
        }
        Turn turn = sender.turn();
        int type = codec.schema().id();
        int lengthBytes = codec.encodedLength(message);
        long payload = turn != null
                ? turn.claim(ref, type, lengthBytes, FLAGS, correlation, 0)
                : sender.claimRecord(ref, type, lengthBytes, FLAGS, correlation, 0);
        if (payload == 0) {
            return turn != null ? turn.refusal() : sender.refusal();
        }
        // Also where it cannot be written: then it is a dead letter, and the join's
        sent++;
        sender.write(codec, message, payload);
        return null;
    }

    /**
     * Sends one message as a fork of one.
     *
     * @param then run on the completer's thread when it is handled or dead, if it was accepted
     * @return TIMED_OUT also where all joins are in use
     */
    static <M> Outcome sendOne(Engine engine, BaseRef<M> ref, M message, Runnable then) {
        JoinImpl join = engine.joins().tryOpen(1, then);
        if (join == null) {
            return Outcome.TIMED_OUT;
        }
        Fork<M> one = new Fork<>(engine, List.of(ref));
        try {
            Outcome refusal = one.send(ref, message, join.correlation());
            return refusal == null ? Outcome.ACCEPTED : refusal;
        } finally {
            if (one.sent == 0) {
                join.drop();
            }
        }
    }
}
