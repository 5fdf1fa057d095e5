package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/**
 * A worker's stay on a shard, as Java sees it: who handles, and what the handlers sent. Sends are gathered a target shard and flushed as ranges before the
 * shard is left (P2); their outcome is decided here, at the gathering. One thread at a time: the worker, or who invokes.
 */
final class Turn extends Padding {
    private static final int MAX_SEQUENCE = Integer.MAX_VALUE;

    private final Engine engine;
    private final int worker;
    private final long block;
    private final long rows;
    private final Outboxes outboxes;
    private final ContextImpl context;
    private final Views views = new Views();
    private final JoinTally joins;
    private final TurnClock clock;
    private final boolean journaled;
    private final int maxMessageBytes;
    private final @Nullable TurnLog log;

    private @Nullable Thread thread;
    private @Nullable Cell<?> current;
    private @Nullable View<?> view;
    private boolean viewing;
    private boolean handling;
    private long counts;
    private @Nullable Object reference;
    private long record;
    private long toPosition;
    /** The lane whose records are handled. */
    private int lane;

    private int ordinal;
    private boolean stopRequested;
    /** Gathered, not yet counted in the worker's block. */
    private long accepted;

    private long refused;
    private Outcome refusal = Outcome.ACCEPTED;
    /** The record gathered last, and the type that it has once it is written. */
    private long gathered;

    private int gatheredType;

    /** What the last message gathered had: the next is often its like. Null: none, or no plain one. */
    private @Nullable BaseRef<?> likeTo;

    private @Nullable Cell<?> likeFrom;
    private int likeLane;
    private long likeRow;
    private long likeHome;
    private long likeLengthWord;
    private long likeOpenWord;
    private long likeTargetWord;
    private int likeSenderId;

    Turn(Engine engine, int worker, long block, @Nullable TurnLog log) {
        this.engine = engine;
        this.worker = worker;
        this.block = block;
        this.log = log;
        clock = new TurnClock(block);
        journaled = log != null;
        maxMessageBytes = engine.layout().maxMessageBytes();
        rows = engine.region().rows();
        outboxes = new Outboxes(engine);
        context = new ContextImpl(engine, this);
        joins = new JoinTally(engine);
    }

    int worker() {
        return worker;
    }

    long block() {
        return block;
    }

    int lane() {
        return lane;
    }

    ContextImpl context() {
        return context;
    }

    @Nullable
    TurnLog log() {
        return log;
    }

    /** A block of records of a lane begins. */
    void enter(Thread on, int onLane) {
        thread = on;
        counts = 0;
        // Left over where a failure ended the last block
        stopRequested = false;
        handling = false;
        release();
        clock.enter(engine.turnNumber(onLane), onLane);
        lane = onLane;
    }

    /** One record, or a run of records to one endpoint, begins: this endpoint is who sends now. */
    void begin(Cell<?> cell) {
        // A store of a reference costs a collector's barrier
        if (current != cell) {
            current = cell;
        }
        handling = true;
    }

    /** One record to an endpoint begins. */
    void begin(Cell<?> cell, long atRecord, long atPosition) {
        begin(cell);
        at(atRecord, atPosition);
    }

    void at(long record, long position) {
        toPosition = position - record;
        next(record);
    }

    /** The next record of a run begins. */
    void next(long record) {
        this.record = record;
        ordinal = 0;
    }

    /** The view that a run's messages are read by; on none when the run ends. */
    void view(ViewType<?, ?> type) {
        View<?> found = views.of(type);
        // A store of a reference costs a collector's barrier
        if (view != found) {
            view = found;
        }
        viewing = true;
    }

    @Nullable
    View<?> view() {
        return view;
    }

    /** Whether it is measured what the handlers of this turn take. */
    boolean sampled() {
        return clock.sampled();
    }

    /** Counts records of this block: those handled, and those dead. */
    void count(int handled, int dead) {
        counts += handled + ((long) dead << 32);
    }

    /** What was counted: handled in bits 0–31, dead in bits 32–62. */
    long counts() {
        return counts;
    }

    /** The record, or the run, ends. */
    void end() {
        handling = false;
        release();
    }

    /** Nothing of a message is reached through this turn any more. */
    private void release() {
        if (viewing && view != null) {
            viewing = false;
            view.wrap(0, 0);
        }
        if (reference != null) {
            reference = null;
        }
    }

    /** Sends what was gathered. */
    void flush() {
        publishAccepted();
        try {
            outboxes.flush(this);
        } finally {
            joins.flush();
        }
    }

    /** A record is handled or dead: its join, if it has one, counts it. Once a record, by who drained it. */
    JoinTally joins() {
        return joins;
    }

    void leave() {
        release();
        flush();
        likeTo = null;
        current = null;
        thread = null;
    }

    /** On which thread a block of records is walked; null: none is. */
    @Nullable
    Thread entered() {
        return thread;
    }

    boolean active() {
        return handling && thread == Thread.currentThread();
    }

    Cell<?> current() {
        Cell<?> cell = current;
        if (cell == null || !handling) {
            throw new IllegalStateException("no message is being handled");
        }
        return cell;
    }

    long record() {
        return record;
    }

    long position() {
        return record + toPosition;
    }

    @Nullable
    Object reference() {
        return reference;
    }

    void reference(@Nullable Object object) {
        reference = object;
    }

    void requestStop() {
        stopRequested = true;
    }

    /** Whether the handler asked for its actor to stop. */
    boolean stopRequested() {
        return stopRequested;
    }

    /** The same, asked once. */
    boolean takeStopRequest() {
        boolean requested = stopRequested;
        if (requested) {
            stopRequested = false;
        }
        return requested;
    }

    /** The turn's time: read once a turn, recorded for the turn log. */
    long nowNs() {
        return clock.nowNs();
    }

    /** Gathers a record: home, room and policy are checked now, the ring is claimed at the flush. @return address of its payload, or 0: refused */
    long claim(BaseRef<?> to, int type, int lengthBytes, int flags, long correlation, long replyTo) {
        if (to == likeTo
                && current == likeFrom
                && flags == 0
                && handling
                && RecordDescriptor.lengthWord(RecordDescriptor.HEADER_BYTES + lengthBytes, type) == likeLengthWord) {
            long payload = claimLike();
            if (payload != 0) {
                return payload;
            }
        }
        if (lengthBytes > maxMessageBytes) {
            return refuse(to.cell(), type, Outcome.TOO_LARGE);
        }
        int target = reserve(to, type, lengthBytes, 1, Envelope.must(type, flags));
        if (target < 0) {
            return 0;
        }
        long payload = append(to, target, type, lengthBytes, flags, correlation, replyTo);
        remember(to, target, type, lengthBytes, flags);
        return payload;
    }

    /** The next message may be gathered by {@link #claimLike} if it is like this one: without a look at anything but home, overflow and room. */
    private void remember(BaseRef<?> to, int target, int type, int lengthBytes, int flags) {
        Cell<?> from = current;
        Cell<?> cell = to.cell();
        boolean plain = flags == 0 && to.timeToLiveNs() == 0;
        boolean unlimited = to.policy() == Cell.POLICY_BLOCK && !cell.counted();
        if (!plain || !unlimited || journaled || from == null || !handling) {
            likeTo = null;
            return;
        }
        likeTo = to;
        likeFrom = from;
        likeLane = target;
        likeRow = cell.row();
        if (outboxes.isLate(target)) {
            likeTo = null;
            return;
        }
        likeHome = Mem.getLongVolatile(likeRow);
        likeLengthWord = RecordDescriptor.lengthWord(RecordDescriptor.HEADER_BYTES + lengthBytes, type);
        likeOpenWord = RecordDescriptor.lengthWord((int) likeLengthWord, RecordDescriptor.CONTROL_ABANDONED);
        likeTargetWord = RecordDescriptor.targetWord(cell.address(), 0);
        likeSenderId = Mem.getInt(from.row() + EndpointDescriptor.SENDER_ID_OFFSET);
        if (HomeWord.half(likeHome) != cell.liveHalf() || (int) likeHome != engine.shardOf(target)) {
            likeTo = null;
        }
    }

    /** Gathers a message of the sender, target, type and length of the last. @return address of its payload, or 0: not this way */
    private long claimLike() {
        long row = rows + (long) likeFrom.index() * EndpointDescriptor.BYTES;
        long sequence = Mem.getLong(row + EndpointDescriptor.SEQUENCE_OFFSET) + 1;
        // pairs with the seq_cst writes of control
        if (Mem.getLongVolatile(likeRow) != likeHome || sequence > MAX_SEQUENCE) {
            return 0;
        }
        long record = outboxes.placeLike(likeLane, likeOpenWord);
        if (record == 0) {
            return 0;
        }
        gathered = record;
        gatheredType = (int) (likeLengthWord >>> 32);
        Mem.putLong(record + RecordDescriptor.TARGET_OFFSET, likeTargetWord);
        Mem.putLong(record + RecordDescriptor.SENDER_OFFSET, RecordDescriptor.senderWord(likeSenderId, (int) sequence));
        outboxes.keep(likeLane, (int) likeLengthWord);
        Mem.putLongOrdered(row + EndpointDescriptor.SEQUENCE_OFFSET, sequence);
        ordinal++;
        accepted++;
        refusal = Outcome.ACCEPTED;
        return record + RecordDescriptor.HEADER_BYTES;
    }

    /** Makes sure of room for {@code count} records, all or none. @return the place to append them in, or −1: refused */
    int reserve(BaseRef<?> to, int type, int lengthBytes, int count) {
        return reserve(to, type, lengthBytes, count, false);
    }

    private int reserve(BaseRef<?> to, int type, int lengthBytes, int count, boolean must) {
        Cell<?> cell = to.cell();
        outboxes.expect();
        // pairs with the seq_cst writes of control and of a mover
        long home = Mem.getLongVolatile(cell.row());
        if (HomeWord.half(home) != cell.liveHalf()) {
            refuse(cell, type, engine.staleOutcome(home));
            return -1;
        }
        int lane = engine.lanes().laneOf((int) home, to.priority());
        int target = outboxes.placeOf(lane);
        Outcome room = outboxes.room(to, lane, target, lengthBytes, count, must);
        if (room != Outcome.ACCEPTED) {
            refuse(cell, type, room);
            return -1;
        }
        return target;
    }

    /** Gathers a record whose room is reserved, as the endpoint that is handling; as the thread where none is (a dead-letter listener). @return address of its payload */
    long append(BaseRef<?> to, int target, int type, int lengthBytes, int flags, long correlation, long replyTo) {
        ordinal++;
        Cell<?> from = current;
        if (from == null || !handling) {
            Sender as = engine.senders().current();
            return gatherAs(as, to, target, type, lengthBytes, flags, correlation, replyTo);
        }
        ensureSequence(from);
        long row = from.row();
        int sequence = (int) Mem.getLong(row + EndpointDescriptor.SEQUENCE_OFFSET) + 1;
        int senderId = Mem.getInt(row + EndpointDescriptor.SENDER_ID_OFFSET);
        long sender = RecordDescriptor.senderWord(senderId, sequence);
        long payload = place(to, target, type, lengthBytes, flags, correlation, replyTo, sender);
        outboxes.keep(target, Mem.getInt(gathered));
        Mem.putLongOrdered(row + EndpointDescriptor.SEQUENCE_OFFSET, sequence);
        accepted++;
        return payload;
    }

    /** Writes everything of a record but its payload and its type: until {@link #commit} it is one that could not be written. It may need memory that is not there. */
    private long place(
            BaseRef<?> to,
            int target,
            int type,
            int lengthBytes,
            int flags,
            long correlation,
            long replyTo,
            long senderWord) {
        int all = journaled ? flags | RecordDescriptor.FLAG_CAUSE : flags;
        long expiresNs = 0;
        if (to.timeToLiveNs() != 0) {
            all |= RecordDescriptor.FLAG_EXPIRES;
            expiresNs = engine.clock().nanoTime() + to.timeToLiveNs();
        }
        int header = RecordDescriptor.headerBytes(all);
        Cell<?> cell = to.cell();
        long at = outboxes.place(cell, target, header + lengthBytes);
        gathered = at;
        gatheredType = type;
        Envelope.write(at, RecordDescriptor.CONTROL_ABANDONED, cell, all, senderWord);
        Envelope.extensions(at, all, correlation, replyTo, journaled ? RecordDescriptor.id(record) : 0, expiresNs);
        refusal = Outcome.ACCEPTED;
        return at + header;
    }

    private long gatherAs(
            Sender as,
            BaseRef<?> to,
            int target,
            int type,
            int lengthBytes,
            int flags,
            long correlation,
            long replyTo) {
        as.ensureSequence(1);
        long sender = RecordDescriptor.senderWord(as.id(), as.sequence() + 1);
        long payload = place(to, target, type, lengthBytes, flags, correlation, replyTo, sender);
        outboxes.keep(target, Mem.getInt(gathered));
        as.nextSequence(1);
        return payload;
    }

    /** The record gathered last is written: it is what it was to be. One that never is becomes a dead letter at its target. */
    Outcome commit() {
        Mem.putInt(gathered + RecordDescriptor.TYPE_OFFSET, gatheredType);
        return Outcome.ACCEPTED;
    }

    /** Gathers a record that the engine sends, not the endpoint: as the worker's thread. @return address of its payload, or 0: refused */
    long claimAsEngine(Sender as, Cell<?> to, int type, int lengthBytes, int flags, long correlation) {
        outboxes.expect();
        long home = Mem.getLongVolatile(to.row());
        int target = outboxes.placeOf((int) home);
        if (HomeWord.half(home) != to.liveHalf()
                || outboxes.room(to, (int) home, target, lengthBytes, 1, true) != Outcome.ACCEPTED) {
            return 0;
        }
        return gatherAs(as, to, target, type, lengthBytes, flags, correlation, 0);
    }

    private void ensureSequence(Cell<?> from) {
        long row = from.row();
        long sequence = Mem.getLong(row + EndpointDescriptor.SEQUENCE_OFFSET);
        if (sequence == 0 || sequence == MAX_SEQUENCE) {
            engine.senders().give(from);
            Mem.putLongOrdered(row + EndpointDescriptor.SEQUENCE_OFFSET, 0);
            // It had the old id
            likeTo = null;
        }
    }

    /** Counts what was gathered as accepted: before the flush makes it visible (R27). */
    private void publishAccepted() {
        if (accepted != 0) {
            long counter = block + WorkerDescriptor.ACCEPTED_OFFSET;
            Mem.putLongOrdered(counter, Mem.getLong(counter) + accepted);
            accepted = 0;
        }
    }

    /** Counts a send that is not accepted, and logs it (R22). @return 0 */
    long refuse(Cell<?> to, int type, Outcome outcome) {
        refusal = outcome;
        refused = Mem.getLong(block + WorkerDescriptor.REFUSED_OFFSET) + 1;
        Mem.putLongOrdered(block + WorkerDescriptor.REFUSED_OFFSET, refused);
        if (log != null) {
            log.outcome(this, to, type, outcome, ordinal);
        }
        ordinal++;
        return 0;
    }

    Outcome refusal() {
        return refusal;
    }
}
