package org.talaria.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;
import org.talaria.internal.ring.StackRoom;
import org.talaria.message.Codec;

/** Batches: one claim for many records, all or nothing (P2). The range is copied with the first record's length last, so that all appear at once. */
final class Batches {
    private static final int HEADER = RecordDescriptor.HEADER_BYTES;

    private Batches() {}

    /** Publishes staged record images: lengths and payloads are there, envelopes are written here. */
    static Outcome publish(BaseRef<?> to, Codec<?> codec, long staged, int bytes, int count) {
        Sender sender = to.sender();
        Turn turn = sender.turn();
        if (turn != null) {
            return gather(turn, to, codec, staged, bytes, count);
        }
        int room = bytes + count * extraBytes(to);
        Outcome fits = fits(to, codec, staged, bytes, room);
        if (fits != Outcome.ACCEPTED) {
            sender.refuse(fits);
            return fits;
        }
        sender.ensureSequence(count);
        if (room != bytes) {
            return publishExpiring(sender, to, codec, staged, room, count);
        }
        envelopes(sender, to.cell(), staged, count, codec.schema().variable());
        long claimed = sender.claimRange(to, to.cell(), bytes, count, false);
        if (claimed == 0) {
            return sender.refusal();
        }
        try {
            Mem.putInt(claimed + RecordDescriptor.TYPE_OFFSET, Mem.getInt(staged + RecordDescriptor.TYPE_OFFSET));
            Mem.copy(staged + 8, claimed + 8, bytes - 8L);
        } catch (Throwable e) {
            sender.giveUp(to.cell(), bytes, count);
            throw e;
        }
        sender.commitRange(count, Mem.getInt(staged));
        return Outcome.ACCEPTED;
    }

    /** What each record of a reference has behind the base envelope. */
    private static int extraBytes(BaseRef<?> to) {
        return RecordDescriptor.headerBytes(flags(to)) - HEADER;
    }

    private static int flags(BaseRef<?> to) {
        return to.timeToLiveNs() == 0 ? 0 : RecordDescriptor.FLAG_EXPIRES;
    }

    /** Records with an extension word, which the staged ones have no room for: written one by one. */
    private static Outcome publishExpiring(
            Sender sender, BaseRef<?> to, Codec<?> codec, long staged, int bytes, int count) {
        StackRoom.check();
        int flags = flags(to);
        int extra = extraBytes(to);
        long expiresNs = to.cell().engine().clock().nanoTime() + to.timeToLiveNs();
        int type = codec.schema().id();
        long claimed = sender.claimRange(to, to.cell(), bytes, count, false);
        if (claimed == 0) {
            return sender.refusal();
        }
        try {
            long from = staged;
            long at = claimed;
            for (int i = 1; i <= count; i++) {
                int length = Mem.getInt(from);
                Envelope.write(at, type, to.cell(), flags, sender.id(), sender.sequence() + i);
                Envelope.extensions(at, flags, 0, 0, 0, expiresNs);
                Mem.copy(from + HEADER, at + HEADER + extra, length - (long) HEADER);
                at = next(at, claimed, length + extra);
                from += RingDescriptor.align8(length);
            }
        } catch (Throwable e) {
            sender.giveUp(to.cell(), bytes, count);
            throw e;
        }
        sender.commitRange(count, Mem.getInt(staged) + extra);
        return Outcome.ACCEPTED;
    }

    private static Outcome fits(BaseRef<?> to, Codec<?> codec, long staged, int bytes, int room) {
        Engine engine = to.cell().engine();
        if (room > engine.layout().ringCapacity() / 8) {
            return Outcome.TOO_LARGE;
        }
        // Records without a tail are as long as the first
        int end = codec.schema().variable() ? bytes : 1;
        for (int at = 0; at < end; at += RingDescriptor.align8(Mem.getInt(staged + at))) {
            if (Mem.getInt(staged + at) - HEADER > engine.layout().maxMessageBytes()) {
                return Outcome.TOO_LARGE;
            }
        }
        return Outcome.ACCEPTED;
    }

    /** With the numbers that come next; they are taken behind the claim, where nothing refuses any more. */
    private static void envelopes(Sender sender, Cell<?> cell, long staged, int count, boolean variable) {
        int first = sender.sequence() + 1;
        int id = sender.id();
        long targetWord = RecordDescriptor.targetWord(cell.address(), 0);
        // Records without a tail are as long as the first: no need to wait for each length
        int stride = RingDescriptor.align8(Mem.getInt(staged));
        long record = staged;
        if (variable) {
            for (int i = 0; i < count; i++) {
                envelope(record, targetWord, id, first + i);
                record += RingDescriptor.align8(Mem.getInt(record));
            }
        } else {
            for (int i = 0; i < count; i++) {
                envelope(record, targetWord, id, first + i);
                record += stride;
            }
        }
    }

    private static void envelope(long record, long targetWord, int senderId, int sequence) {
        Mem.putLong(record + RecordDescriptor.TARGET_OFFSET, targetWord);
        Mem.putLong(record + RecordDescriptor.SENDER_OFFSET, RecordDescriptor.senderWord(senderId, sequence));
    }

    /** In a turn the batch is gathered, all or nothing. */
    private static Outcome gather(Turn turn, BaseRef<?> to, Codec<?> codec, long staged, int bytes, int count) {
        int type = codec.schema().id();
        int room = bytes + count * extraBytes(to);
        Outcome fits = fits(to, codec, staged, bytes, room);
        if (fits != Outcome.ACCEPTED) {
            turn.refuse(to.cell(), type, fits);
            return fits;
        }
        int target = turn.reserve(to, type, room, count);
        if (target < 0) {
            return turn.refusal();
        }
        for (int at = 0; at < bytes; ) {
            int length = Mem.getInt(staged + at);
            long payload = turn.append(to, target, type, length - HEADER, 0, 0, 0);
            Mem.copy(staged + at + HEADER, payload, length - (long) HEADER);
            turn.commit();
            at += RingDescriptor.align8(length);
        }
        return Outcome.ACCEPTED;
    }

    private static <M> Outcome gatherAll(Sender sender, Turn turn, BaseRef<M> to, List<? extends M> batch, int bytes) {
        int target = turn.reserve(to, codec(to, batch.get(0)).schema().id(), bytes, batch.size());
        if (target < 0) {
            return turn.refusal();
        }
        for (M message : batch) {
            Codec<M> codec = codec(to, message);
            int type = codec.schema().id();
            long payload = turn.append(to, target, type, codec.encodedLength(message), 0, 0, 0);
            Requests.encode(sender, turn, codec, message, payload);
        }
        return Outcome.ACCEPTED;
    }

    static <M> Outcome tellAll(BaseRef<M> to, List<? extends M> given) {
        // A copy: the user's list must not run, and perhaps throw, between the claim and the commit (R11).
        List<M> batch = List.copyOf(given);
        if (batch.isEmpty()) {
            return Outcome.ACCEPTED;
        }
        Sender sender = to.sender();
        if (to.cell().codecOf(batch.get(0)) == null) {
            return oneByOne(to, batch);
        }
        int[] lengths = new int[batch.size()];
        long bytes = bytes(to, batch, 0, batch.size(), lengths);
        Turn turn = sender.turn();
        if (bytes < 0 || bytes > to.cell().engine().layout().ringCapacity() / 8) {
            if (turn != null) {
                turn.refuse(to.cell(), codec(to, batch.get(0)).schema().id(), Outcome.TOO_LARGE);
            } else {
                sender.refuse(Outcome.TOO_LARGE);
            }
            return Outcome.TOO_LARGE;
        }
        if (turn != null) {
            return gatherAll(sender, turn, to, batch, (int) bytes);
        }
        sender.ensureSequence(batch.size());
        boolean sent = publish(sender, to, batch, 0, batch.size(), (int) bytes, lengths, true);
        return sent ? Outcome.ACCEPTED : sender.refusal();
    }

    /** Objects by reference: each has a handle of its own, so the first refusal ends the batch. */
    private static <M> Outcome oneByOne(BaseRef<M> to, List<? extends M> batch) {
        for (M message : batch) {
            Outcome outcome = to.tell(message);
            if (outcome != Outcome.ACCEPTED) {
                return outcome;
            }
        }
        return Outcome.ACCEPTED;
    }

    /** Aligned bytes of a range of messages, and the length of each record; −1 if one is over the maximum. All of the user's accessors run here, before the claim (R11). */
    private static <M> long bytes(BaseRef<M> to, List<? extends M> batch, int from, int upTo, int[] lengths) {
        long bytes = 0;
        int max = to.cell().engine().layout().maxMessageBytes();
        int header = HEADER + extraBytes(to);
        for (int i = from; i < upTo; i++) {
            M message = batch.get(i);
            int length = codec(to, message).encodedLength(message);
            if (length > max) {
                return -1;
            }
            lengths[i] = header + length;
            bytes += RingDescriptor.align8(header + length);
        }
        return bytes;
    }

    private static <M> Codec<M> codec(BaseRef<M> to, M message) {
        Codec<M> codec = to.cell().codecOf(message);
        if (codec == null) {
            throw new IllegalArgumentException(
                    message.getClass().getName() + " is no message: annotate the record with @Message");
        }
        return codec;
    }

    /**
     * Claims a range, writes and publishes it; what cannot be written as dead letters, and what not even that as padding.
     *
     * @param waits for room, and refuses; else one try
     * @return false if nothing was claimed
     */
    private static <M> boolean publish(
            Sender sender,
            BaseRef<M> to,
            List<? extends M> batch,
            int from,
            int upTo,
            int bytes,
            int[] lengths,
            boolean waits) {
        StackRoom.check();
        int count = upTo - from;
        Cell<M> cell = to.cell();
        long claimed =
                waits ? sender.claimRange(to, cell, bytes, count, false) : sender.tryClaimNow(to, cell, bytes, count);
        if (claimed == 0) {
            return false;
        }
        Throwable failure;
        try {
            failure = write(sender, to, batch, from, upTo, claimed, lengths);
        } catch (Throwable e) {
            sender.giveUp(cell, bytes, count);
            throw e;
        }
        sender.commitRange(count, lengths[from]);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return true;
    }

    /** Writes all records, and closes all but the first. @return what an accessor threw: then the rest are records that could not be written */
    private static <M> @Nullable Throwable write(
            Sender sender, BaseRef<M> to, List<? extends M> batch, int from, int upTo, long claimed, int[] lengths) {
        int first = sender.sequence() + 1;
        int flags = flags(to);
        int header = RecordDescriptor.headerBytes(flags);
        long expiresNs = flags == 0 ? 0 : to.cell().engine().clock().nanoTime() + to.timeToLiveNs();
        long at = claimed;
        int i = from;
        Throwable failure = null;
        try {
            for (; i < upTo; i++) {
                M message = batch.get(i);
                Codec<M> codec = codec(to, message);
                Envelope.write(at, codec.schema().id(), to.cell(), flags, sender.id(), first + i - from);
                Envelope.extensions(at, flags, 0, 0, 0, expiresNs);
                sender.encode(codec, message, at + header);
                at = next(at, claimed, lengths[i]);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (; i < upTo; i++) {
            int type = RecordDescriptor.CONTROL_ABANDONED;
            Envelope.write(at, type, to.cell(), 0, sender.id(), first + i - from);
            at = next(at, claimed, lengths[i]);
        }
        return failure;
    }

    /** Closes a record of a range, all but the first, whose length publishes them all. @return the address behind */
    private static long next(long at, long claimed, int length) {
        if (at != claimed) {
            ClaimRing.commit(at, length);
        }
        return at + RingDescriptor.align8(length);
    }

    static <M> int tellSome(BaseRef<M> to, List<? extends M> given, int from) {
        List<M> batch = List.copyOf(given);
        Sender sender = to.sender();
        if (sender.turn() != null) {
            return someGathered(to, batch, from);
        }
        int[] lengths = new int[batch.size()];
        int sent = from;
        int step = batch.size() - from;
        int rangeBytes = to.cell().engine().layout().ringCapacity() / 8;
        while (sent < batch.size() && step > 0) {
            int upTo = Math.min(batch.size(), sent + step);
            long bytes = bytes(to, batch, sent, upTo, lengths);
            sender.ensureSequence(upTo - sent);
            boolean fits = bytes >= 0 && bytes <= rangeBytes;
            if (fits && publish(sender, to, batch, sent, upTo, (int) bytes, lengths, false)) {
                sent = upTo;
            } else {
                step = (upTo - sent) / 2;
            }
        }
        return sent - from;
    }

    private static <M> int someGathered(BaseRef<M> to, List<? extends M> batch, int from) {
        int sent = from;
        while (sent < batch.size() && to.tell(batch.get(sent)) == Outcome.ACCEPTED) {
            sent++;
        }
        return sent - from;
    }
}
