package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.HEADER_BYTES;

import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.StackRoom;
import org.talaria.message.Codec;

/**
 * One message for many endpoints, from a thread: encoded once, and written lane by lane in ranges of at most an eighth of a ring, those of one endpoint one behind the other,
 * for who drains takes runs. All home words of a range are read again behind the claim (R15). What finds no room, or another home, goes one by one, by the way of any send.
 *
 * @param <M> type of the message
 */
final class ForkedRecords<M> implements AutoCloseable {
    private final Engine engine;
    private final Sender sender;
    private final ForkTargets<M> targets;
    private final int type;
    private final int lengthBytes;
    private final int flags;
    private final int header;
    private final int stride;
    /** The payload, in whole words. */
    private final long payload;

    private long correlation;
    private int sent;

    /** The next record to send: whose it is, and how many of that one's are sent. */
    private int place;

    private int taken;

    /** Encodes the message, in front of all claims (R11). @throws IllegalArgumentException if an endpoint takes other messages */
    ForkedRecords(Engine engine, Sender sender, ForkTargets<M> targets, Codec<M> codec, M message, int flags) {
        this.engine = engine;
        this.sender = sender;
        this.targets = targets;
        this.flags = flags;
        type = codec.schema().id();
        lengthBytes = codec.encodedLength(message);
        header = RecordDescriptor.headerBytes(flags);
        stride = RingDescriptor.align8(header + lengthBytes);
        targets.arrange(engine, lengthBytes <= engine.layout().maxMessageBytes());
        payload = Mem.allocate(lengthBytes + 16L);
        try {
            // Behind the message: it is copied in whole words
            Mem.putLong(payload + (lengthBytes & ~7), 0);
            sender.encode(codec, message, payload);
        } catch (Throwable e) {
            Mem.free(payload);
            throw e;
        }
    }

    /** How many were claimed. */
    int sent() {
        return sent;
    }

    /** Sends all. */
    void send(long join) {
        correlation = join;
        int most = Math.max(1, engine.layout().ringCapacity() / 8 / stride);
        while (place < targets.size()) {
            int lane = targets.lane(place);
            int records = lane == ForkTargets.SINGLE ? targets.count(place) : records(lane, most);
            if (lane != ForkTargets.SINGLE && records > 1 && publish(lane, records)) {
                sent += records;
                advance(records);
            } else {
                oneByOne(records);
            }
        }
    }

    /** How many of a lane are left from here on, at most so many. */
    private int records(int lane, int most) {
        int records = -taken;
        for (int at = place; at < targets.size() && targets.lane(at) == lane && records < most; at++) {
            records += targets.count(at);
        }
        return Math.min(records, most);
    }

    private void advance(int records) {
        taken += records;
        while (place < targets.size() && taken >= targets.count(place)) {
            taken -= targets.count(place);
            place++;
        }
    }

    private void oneByOne(int records) {
        for (int i = 0; i < records; i++) {
            BaseRef<M> ref = targets.ref(place);
            advance(1);
            long at = sender.claimRecord(ref, type, lengthBytes, flags, correlation, 0);
            if (at != 0) {
                sent++;
                Mem.copy(payload, at, lengthBytes);
                sender.commit();
            }
        }
    }

    /** Claims a range, writes and publishes it. @return false if nothing was claimed, or an endpoint has another home */
    private boolean publish(int lane, int records) {
        StackRoom.check();
        sender.ensureSequence(records);
        Cell<M> first = targets.ref(place).cell();
        int bytes = records * stride;
        long claimed = sender.tryClaimNow(targets.ref(place), first, bytes, records);
        if (claimed == 0) {
            return false;
        }
        try {
            // The first may have been elsewhere when its ring was chosen, and be back
            if (!engine.laneRings()[lane].holds(claimed) || !allAt(engine.shardOf(lane), records)) {
                sender.giveUp(first, bytes, records);
                return false;
            }
            write(claimed, records);
        } catch (Throwable e) {
            sender.giveUp(first, bytes, records);
            throw e;
        }
        sender.commitRange(records, header + lengthBytes);
        return true;
    }

    /** R15: the second read; seq_cst behind the claim's compare-and-set. */
    private boolean allAt(int shard, int records) {
        int left = records + taken;
        for (int at = place; left > 0; at++) {
            Cell<M> cell = targets.ref(at).cell();
            long home = Mem.getLongVolatile(cell.row());
            if (HomeWord.half(home) != cell.liveHalf() || (int) home != shard) {
                return false;
            }
            left -= targets.count(at);
        }
        return true;
    }

    /** Everything but the first length, which publishes all. */
    private void write(long claimed, int records) {
        int sequence = sender.sequence() + 1;
        int left = records;
        int done = taken;
        long record = claimed;
        for (int at = place; left > 0; at++) {
            int count = Math.min(left, targets.count(at) - done);
            long target = RecordDescriptor.targetWord(targets.ref(at).cell().address(), flags);
            write(record, target, sequence, count, record == claimed);
            record += (long) count * stride;
            sequence += count;
            left -= count;
            done = 0;
        }
    }

    private void write(long from, long target, int firstSequence, int count, boolean first) {
        int id = sender.id();
        long lengthWord = RecordDescriptor.lengthWord(header + lengthBytes, type);
        // Without its length
        Mem.putLong(from, first ? RecordDescriptor.lengthWord(0, type) : lengthWord);
        long record = from;
        for (int i = 0; i < count; i++) {
            if (i != 0) {
                Mem.putLong(record, lengthWord);
            }
            Mem.putLong(record + RecordDescriptor.TARGET_OFFSET, target);
            Mem.putLong(record + RecordDescriptor.SENDER_OFFSET, RecordDescriptor.senderWord(id, firstSequence + i));
            Mem.putLong(record + HEADER_BYTES, correlation);
            for (int at = 0; at < lengthBytes; at += 8) {
                Mem.putLong(record + header + at, Mem.getLong(payload + at));
            }
            record += stride;
        }
    }

    @Override
    public void close() {
        Mem.free(payload);
    }
}
