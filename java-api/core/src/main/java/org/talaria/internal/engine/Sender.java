package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_EXPIRES;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_WAITER;

import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.TalariaException;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.SenderDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;
import org.talaria.message.Codec;
import org.talaria.message.Outbound;
import org.talaria.message.View;

/**
 * One thread's way into one engine (R27): its id, sequence and counts. Inside a turn everything is handed to the {@link Turn}, which gathers (P2);
 * outside, a record is in its ring when {@code tell} returns ACCEPTED.
 *
 * <p>Sending (design section 6): read the home word; claim; read the home word again (R15); take the sequence (R27); write; commit; full fence; look at the
 * shard's state word (R1, R3).
 */
final class Sender extends Outbound {
    private static final int SEQUENCE_LIMIT = Integer.MAX_VALUE;
    private static final long FULL = 0;
    private static final long MOVED = -1;
    private static final long LOOK = 1;

    private final Engine engine;
    private final Board board;
    private final Thread thread;
    private final Owned owned;
    private final long slot;
    private final long rows;
    private final ClaimRing[] rings;
    private final LanePlan lanes;
    private final int maxMessageBytes;

    private int id;
    private int sequence;
    private long accepted;
    private long refused;
    private @Nullable Turn turn;
    private final Backoff backoff;

    private boolean writing;
    /** The claim that is open, of a range its first record; 0 if none is; {@link #LOOK} where one was committed, and the look is still owed. */
    private long record;

    private int recordLength;
    /** Of an open range of several records: its bytes. */
    private int rangeBytes;

    /** Of the record claimed last: its lane, that lane's block, and its shard. */
    private int lane;

    private long laneBlock;
    private int shard;

    /** Where the last message went, if the one before went there too: the next mostly does. Null: nowhere, or to a bounded mailbox. */
    private @Nullable Ref<?> again;

    private @Nullable Codec<?> againCodec;
    private @Nullable ClaimRing againRing;
    private long againRow;
    private long againHome;
    private long againTarget;
    private int againType;
    private int lastIndex = -1;

    private Outcome refusal = Outcome.ACCEPTED;
    private final Calls calls;

    Sender(Engine engine, Thread thread, int id, long slot) {
        this.engine = engine;
        this.thread = thread;
        owned = new Owned(thread, this);
        this.id = id;
        this.slot = slot;
        board = engine.board();
        rows = engine.region().rows();
        rings = engine.laneRings();
        lanes = engine.lanes();
        maxMessageBytes = engine.layout().maxMessageBytes();
        backoff = new Backoff(engine);
        calls = new Calls(engine, thread);
        accepted = Mem.getLong(slot + SenderDescriptor.ACCEPTED_OFFSET);
        refused = Mem.getLong(slot + SenderDescriptor.REFUSED_OFFSET);
    }

    Thread thread() {
        return thread;
    }

    Owned owned() {
        return owned;
    }

    long slot() {
        return slot;
    }

    /** The calls of this thread. */
    Calls calls() {
        return calls;
    }

    @Nullable
    Turn turn() {
        return turn;
    }

    void turn(@Nullable Turn to) {
        turn = to;
    }

    @Override
    public long claim(Ref<?> to, Codec<?> codec, int lengthBytes) {
        Turn gathering = turn;
        if (to == again && codec == againCodec && gathering == null) {
            long payload = claimAgain(lengthBytes);
            if (payload != 0) {
                return payload;
            }
        }
        BaseRef<?> ref = (BaseRef<?>) to;
        if (gathering != null) {
            long payload = gathering.claim(ref, codec.schema().id(), lengthBytes, 0, 0, 0);
            refusal = gathering.refusal();
            return payload;
        }
        boolean prepared = prepare(ref, codec);
        long payload = claimRecord(ref, codec.schema().id(), lengthBytes, 0, 0, 0);
        // Behind a claim nothing but stores (R11)
        if (prepared && payload != 0 && shard == (int) againHome) {
            again = ref;
        }
        return payload;
    }

    /**
     * Looks up what {@link #claimAgain} needs, for the second message in a row to one endpoint: a thread that tells one after another stores nothing but a number here, for a
     * reference costs a collector's barrier. In front of the claim.
     */
    private boolean prepare(BaseRef<?> ref, Codec<?> codec) {
        Cell<?> cell = ref.cell();
        if (cell.index() != lastIndex) {
            lastIndex = cell.index();
            return false;
        }
        long home = Mem.getLongVolatile(cell.row());
        if (HomeWord.half(home) != cell.liveHalf()
                || cell.counted()
                || ref.timeToLiveNs() != 0
                || (again == ref && againCodec == codec && againHome == home)) {
            return false;
        }
        again = null;
        againCodec = codec;
        againRing = rings[lanes.laneOf((int) home, ref.priority())];
        againRow = cell.row();
        againHome = home;
        againTarget = RecordDescriptor.targetWord(cell.address(), 0);
        againType = codec.schema().id();
        return true;
    }

    /**
     * The claim of a plain message like the one before: {@link #claimRecord} with all that is known of its target at hand, so that it touches no object but this one and
     * its ring. Whatever does not go well is left to that.
     *
     * @return the payload's address, or 0
     */
    private long claimAgain(int lengthBytes) {
        int length = RecordDescriptor.HEADER_BYTES + lengthBytes;
        int aligned = RingDescriptor.align8(length);
        if (Mem.getLongVolatile(againRow) != againHome) {
            // Moved, or stopped: then nothing here keeps it
            again = null;
            return 0;
        }
        if (lengthBytes > maxMessageBytes
                || sequence == SEQUENCE_LIMIT
                || Mem.getIntVolatile(laneBlock + ShardDescriptor.OVERFLOW_FLAG_OFFSET) != 0) {
            return 0;
        }
        long claimed = againRing.claimAtOnce(aligned);
        if (claimed == 0) {
            return 0;
        }
        record = claimed;
        recordLength = length;
        rangeBytes = 0;
        // R15: the second read; seq_cst behind the claim's compare-and-set
        if (Mem.getLongVolatile(againRow) != againHome) {
            giveUp(aligned);
            return 0;
        }
        try {
            ClaimRing.open(claimed, length);
            Mem.putInt(claimed + RecordDescriptor.TYPE_OFFSET, againType);
            Mem.putLong(claimed + RecordDescriptor.TARGET_OFFSET, againTarget);
            Mem.putLong(claimed + RecordDescriptor.SENDER_OFFSET, RecordDescriptor.senderWord(id, sequence + 1));
        } catch (Throwable e) {
            // As in claimRecord
            giveUp(aligned);
            throw e;
        }
        nextSequence(1);
        return claimed + RecordDescriptor.HEADER_BYTES;
    }

    /** Claims a record for any type, with flags and their extension words; waits for room as the target's policy says. */
    long claimRecord(BaseRef<?> ref, int type, int lengthBytes, int flags, long correlation, long replyTo) {
        if (lengthBytes > maxMessageBytes) {
            return refuse(Outcome.TOO_LARGE);
        }
        Cell<?> cell = ref.cell();
        long expiresNs = 0;
        int all = flags;
        if (ref.timeToLiveNs() != 0) {
            all |= FLAG_EXPIRES;
            expiresNs = engine.clock().nanoTime() + ref.timeToLiveNs();
        }
        int header = RecordDescriptor.headerBytes(all);
        int length = header + lengthBytes;
        ensureSequence(1);
        long claimed = claimRange(ref, cell, RingDescriptor.align8(length), 1, Envelope.must(type, flags));
        if (claimed == 0) {
            return 0;
        }
        try {
            recordLength = length;
            ClaimRing.open(claimed, length);
            Envelope.write(claimed, type, cell, all, id, sequence + 1);
            Envelope.extensions(claimed, all, correlation, replyTo, 0, expiresNs);
        } catch (Throwable e) {
            giveUp(cell, RingDescriptor.align8(length), 1);
            throw e;
        }
        nextSequence(1);
        return claimed + header;
    }

    /**
     * Claims a range for {@code count} records on the cell's shard and reads the home word again. The caller then writes and commits; nothing may run in between (R11).
     *
     * @param must even where a bounded mailbox has no place
     * @return the address, or 0: refused
     */
    long claimRange(BaseRef<?> ref, Cell<?> cell, int alignedBytes, int count, boolean must) {
        // Not all ways to here have asked for a sender that has nothing open
        recover();
        long row = rows + (long) cell.index() * EndpointDescriptor.BYTES;
        boolean waiting = false;
        while (true) {
            // pairs with the seq_cst write of control (stop, close, move)
            long home = Mem.getLongVolatile(row);
            if (HomeWord.half(home) != cell.liveHalf()) {
                return refuse(engine.staleOutcome(home));
            }
            long claimed = tryClaim(ref, cell, row, home, alignedBytes, count, must);
            if (claimed > 0) {
                return claimed;
            }
            if (claimed == MOVED) {
                continue;
            }
            if (ref.policy() == Cell.POLICY_FAIL) {
                return refuse(Outcome.BACK_PRESSURED);
            }
            if (ref.policy() == Cell.POLICY_DROP_NEWEST) {
                return refuse(Outcome.DROPPED);
            }
            if (!waiting) {
                waiting = true;
                engine.counters().blocked();
                backoff.start(ref.deadlineNs());
                if (ref.policy() == Cell.POLICY_DROP_OLDEST && !must && ref.deadlineNs() != BaseRef.TRIES_AGAIN) {
                    Envelope.makeRoom(row, count);
                }
            }
            if (!backoff.pause()) {
                refusal = Outcome.TIMED_OUT;
                return ref.deadlineNs() == BaseRef.TRIES_AGAIN ? 0 : refuse(refusal);
            }
        }
    }

    private long tryClaim(
            BaseRef<?> ref, Cell<?> cell, long row, long home, int alignedBytes, int count, boolean must) {
        boolean counted = HomeWord.counted(HomeWord.half(home));
        int target = lanes.laneOf((int) home, ref.priority());
        if (counted && !Envelope.take(ref, target, count, must)) {
            return FULL;
        }
        // R17: outside producers see a shard whose overflow waits as full; a stale read only decides a race the other
        // way
        long claimed = engine.overflowing(target) ? ClaimRing.FULL : rings[target].claim(alignedBytes);
        if (claimed <= 0) {
            if (counted) {
                Envelope.giveBack(cell, target, count);
            }
            if (claimed == ClaimRing.FULL_PADDED) {
                engine.published(target);
            }
            return FULL;
        }
        record = claimed;
        recordLength = alignedBytes;
        rangeBytes = count > 1 ? alignedBytes : 0;
        // R15: the second read; seq_cst behind the claim's compare-and-set
        if (Mem.getLongVolatile(row) != home) {
            record = 0;
            ClaimRing.abort(claimed, alignedBytes);
            if (counted) {
                Envelope.giveBack(cell, target, count);
            }
            // R5: what others committed behind our claim waits for this look
            engine.published(target);
            return MOVED;
        }
        if (counted && !must) {
            Envelope.displace(ref, count);
        }
        if (target != lane || laneBlock == 0) {
            // The lane that the last plain message went to is no longer at hand
            again = null;
            lane = target;
            laneBlock = engine.laneAddress(target);
            shard = (int) home;
        }
        return claimed;
    }

    /** One claim that does not wait and refuses nothing: for {@code tellSome}. */
    long tryClaimNow(BaseRef<?> ref, Cell<?> cell, int alignedBytes, int count) {
        long row = rows + (long) cell.index() * EndpointDescriptor.BYTES;
        long home = Mem.getLongVolatile(row);
        if (HomeWord.half(home) != cell.liveHalf()) {
            return 0;
        }
        return Math.max(0, tryClaim(ref, cell, row, home, alignedBytes, count, false));
    }

    /** Gives a claimed range up, because a stack ends, say: an open claim would stop the shard for everybody (R11). */
    void giveUp(Cell<?> cell, int alignedBytes, int count) {
        giveUp(alignedBytes);
        if (cell.counted()) {
            Envelope.giveBack(cell, lane, count);
        }
    }

    private void giveUp(int alignedBytes) {
        ClaimRing.abort(record, alignedBytes);
        record = 0;
        engine.published(lane);
    }

    /** Ends what a stack that ended left open in spite of all, by the thread's next send or when it has ended. */
    void recover() {
        long open = record;
        if (open != 0) {
            record = 0;
            if (open != LOOK) {
                LeftOpen.end(open, recordLength, rangeBytes, id, sequence);
            }
            engine.published(lane);
        }
    }

    /** Makes sure of {@code count} sequence numbers, by a new id if need be: before the claim, because it may lock, allocate and throw (R11). */
    void ensureSequence(int count) {
        if (sequence > SEQUENCE_LIMIT - count) {
            id = engine.senders().succeed(this, id);
            sequence = 0;
        }
    }

    /** Takes {@code count} consecutive sequence numbers, which were made sure of, and counts the messages accepted: after the second read, before the commit (R27). */
    int nextSequence(int count) {
        int first = sequence + 1;
        sequence += count;
        accepted += count;
        Mem.putLongOrdered(slot + SenderDescriptor.ACCEPTED_OFFSET, accepted);
        return first;
    }

    int id() {
        return id;
    }

    /** The number of the last message. */
    int sequence() {
        return sequence;
    }

    @Override
    public Outcome commit() {
        Turn gathering = turn;
        if (gathering != null) {
            return gathering.commit();
        }
        ClaimRing.commit(record, recordLength);
        record = LOOK;
        board.publishedOutside(shard, laneBlock);
        record = 0;
        return Outcome.ACCEPTED;
    }

    /** Takes the numbers of the range that was claimed, whose records are written, and publishes it by the length of the first. */
    void commitRange(int count, int firstLength) {
        recordLength = firstLength;
        nextSequence(count);
        commit();
    }

    /** Encodes into claimed memory and commits; a codec that throws leaves padding, not a hole. */
    <M> Outcome write(Codec<M> codec, M message, long payload) {
        try {
            encode(codec, message, payload);
        } catch (RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return commit();
    }

    /** Writes a message into a record that is claimed; what its accessors send meanwhile is refused: this sender knows one open record only (R11). */
    <M> void encode(Codec<M> codec, M message, long payload) {
        writing = true;
        try {
            codec.encode(message, payload);
        } finally {
            writing = false;
        }
    }

    /** This sender, to begin a send. */
    Sender unlessWriting() {
        if (writing) {
            throw new TalariaException(
                    "a message is sent while another is written: an accessor of that one sends, which no accessor may");
        }
        if (record != 0) {
            recover();
        }
        return this;
    }

    /** Publishes a record that could not be written as one that nobody handles: its number is taken, so it must not vanish. */
    @Override
    public void abandon() {
        // What is gathered in a turn is that until it is committed
        if (turn == null) {
            Mem.putInt(record + RecordDescriptor.TYPE_OFFSET, RecordDescriptor.CONTROL_ABANDONED);
            commit();
        }
    }

    @Override
    public long claimCall(Ref<?> to, Codec<?> codec, int lengthBytes) {
        BaseRef<?> ref = (BaseRef<?>) to;
        long correlation = calls.register(turn, ref.deadlineNs());
        long payload =
                claimRecord(ref, codec.schema().id(), lengthBytes, FLAG_CORRELATION | FLAG_WAITER, correlation, 0);
        if (payload == 0) {
            calls.cancel();
        }
        return payload;
    }

    @Override
    public Outcome commitCall(View<?> reply) {
        commit();
        return calls.awaitInto(reply, this);
    }

    long refuse(Outcome outcome) {
        refusal = outcome;
        refused++;
        Mem.putLongOrdered(slot + SenderDescriptor.REFUSED_OFFSET, refused);
        return 0;
    }

    @Override
    public Outcome refusal() {
        return refusal;
    }
}
