package org.talaria.internal.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.NativeHandler;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.actor.Actor;
import org.talaria.actor.Snapshot;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.message.Codec;

/**
 * An engine without workers: journaled records are fed to its endpoints one by one, on one thread; what their handlers send is shown to a sink and goes nowhere.
 *
 * <p>How sends are caught: every shard's overflow flag is up, so that a turn's flush takes all it gathered to {@link #spill}, which here is the sink. A request of a waiting
 * thread is fed as one of the sink's own endpoint, so that the reply is caught likewise. Not thread-safe.
 */
public final class ReplayEngine extends Engine {
    private static final int MOST_SHARDS = 1_024;
    private static final int NOBODY_SENDER = Integer.MAX_VALUE - 1;
    private static final int UNKNOWN_SENDER = Integer.MAX_VALUE - 2;
    private static final String THREADS = "talaria-replay-threads";
    private static final String NOBODY = "talaria-replay-nobody";

    private final ReplaySink sink;
    private final Sender sender;
    private final Turn turn;
    private final Cell<?> threads;
    private final Cell<?> nobody;
    private final DeadLetter[] lastDead;
    /** The recorded time of the turn that is fed: what had not expired then is handled. */
    private final AtomicLong time;

    private final Caught caught = new Caught();
    private final ByteBuffer setUpRecord = BufferUtil.allocateDirectAligned(64, 64);
    private @Nullable NativeReplay handlers;
    private boolean settingUp;
    private int asked;
    private long fed;

    private ReplayEngine(TalariaConfig config, ReplaySink sink, DeadLetter[] last, AtomicLong time) {
        super(config, 1);
        this.sink = sink;
        lastDead = last;
        this.time = time;
        engineState(RegionDescriptor.STATE_RUNNING);
        sender = senders().current();
        turn = turnOf(0);
        threads = (Cell<?>) actor(THREADS, Object.class, message -> {});
        nobody = (Cell<?>) actor(NOBODY, Object.class, message -> {});
        nextSender(NOBODY_SENDER);
        senders().give(nobody);
        // Not 0: with its first message an endpoint would be given an id.
        Mem.putLong(nobody.row() + EndpointDescriptor.SEQUENCE_OFFSET, 1);
        for (int lane = 0; lane < rings(); lane++) {
            Mem.putIntVolatile(laneAddress(lane) + ShardDescriptor.OVERFLOW_FLAG_OFFSET, 1);
        }
    }

    /**
     * Opens one.
     *
     * @param rings of the engine that journaled: here each is a shard
     * @param maxMessageBytes of the engine that journaled
     */
    public static ReplayEngine open(int rings, int maxMessageBytes, ReplaySink sink) {
        int ring = Math.max(64 << 10, Integer.highestOneBit(8 * (maxMessageBytes + 64) - 1) << 1);
        DeadLetter[] last = new DeadLetter[1];
        AtomicLong time = new AtomicLong(System.nanoTime());
        return new ReplayEngine(
                TalariaConfig.config()
                        .onDeadLetter(letter -> last[0] = letter)
                        // What failed in the run fails again; what did not is a divergence
                        .onError(error -> {})
                        .engine(EngineKind.JAVA)
                        .clock(time::get)
                        .shards(Math.min(rings, MOST_SHARDS))
                        .ringCapacityBytes(ring)
                        .maxMessageBytes(maxMessageBytes)
                        .invoker()
                        .shutdownHook(false),
                sink,
                last,
                time);
    }

    /** Runs code that makes endpoints, outside any handler or inside one: what it sends is dropped. */
    public void setUp(Runnable code) {
        boolean nested = settingUp;
        settingUp = true;
        try {
            if (turn.active()) {
                aside(code);
            } else {
                asEngine(code);
            }
        } finally {
            settingUp = nested;
        }
    }

    /** Inside a handler: what is sent now is nobody's, and takes none of the handler's numbers. */
    private void aside(Runnable code) {
        Cell<?> cell = turn.current();
        long record = turn.record();
        long position = turn.position();
        turn.begin(nobody, BufferUtil.address(setUpRecord), 0);
        try {
            code.run();
        } finally {
            turn.begin(cell, record, position);
        }
    }

    private void asEngine(Runnable code) {
        turn.enter(Thread.currentThread(), 0);
        sender.turn(turn);
        turn.begin(nobody, BufferUtil.address(setUpRecord), 0);
        try {
            code.run();
        } finally {
            turn.leave();
            turn.end();
            sender.turn(null);
        }
    }

    /** Makes a message class known, so that replies of it are understood; one that is not there, or has changed since, is left out. */
    public void known(String className, int schemaId, ClassLoader loader) {
        try {
            Codec<?> codec = Codecs.of(Class.forName(className, true, loader));
            if (codec.schema().id() == schemaId) {
                schemas().register(codec);
            }
        } catch (ClassNotFoundException | TalariaException e) {
            System.getLogger(ReplayEngine.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "the journal has messages of {0}, which is not on the class path",
                            className);
        }
    }

    /** The living endpoint of a name: row in bits 0–31, generation in bits 32–47; 0 if there is none. */
    public long address(String name) {
        Cell<?> cell = lifecycle().find(name);
        return cell == null ? 0 : cell.address();
    }

    /** The address that stands for threads that wait for a reply. */
    public long threadsAddress() {
        return threads.address();
    }

    /** The address that stands for whoever is not replayed. */
    public long nobodyAddress() {
        return nobody.address();
    }

    /** Says which sender id an endpoint had in the run, before it is fed the record in whose handling it may send for the first time. */
    public void nextSender(int senderId) {
        Mem.putInt(
                region().address() + RegionDescriptor.NEXT_SENDER_ID_OFFSET, senderId == 0 ? UNKNOWN_SENDER : senderId);
    }

    /** Makes an endpoint known as a sender that was journaled, for {@code context.sender()}. */
    public void knownSender(int senderId, String name) {
        Cell<?> cell = lifecycle().find(name);
        if (cell != null && senders().endpoint(senderId) == null) {
            nextSender(senderId);
            senders().give(cell);
        }
    }

    /**
     * Feeds one record.
     *
     * @param record its target is an address of this engine; lies where it may be kept until this returns
     * @param nowNs what {@code context.nowNs()} says
     * @return whether it was handled; false: it became a dead letter
     */
    public boolean feed(long record, int ring, long position, long nowNs) {
        int shard = ring % layout().plan().own();
        asked = 0;
        lastDead[0] = null;
        if (handlers != null && handlers.has(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET))) {
            return handlers.feed(record, nowNs);
        }
        time.set(nowNs);
        Mem.putLong(turn.block() + WorkerDescriptor.TURN_START_NS_OFFSET, nowNs);
        // Another turn, another time.
        Mem.putLong(laneAddress(shard) + ShardDescriptor.TURN_OFFSET, ++fed);
        int length = RingDescriptor.align8(Mem.getInt(record));
        caught.clear();
        boolean handled = walker().walk(turn, sender, record, length, position, shard) == 1;
        show(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
        return handled;
    }

    /**
     * Shows what was caught, in the order sent. A reply to a waiting thread took no number in the run, as it went into no ring: the numbers behind it are corrected.
     */
    private void show(int row) {
        int replies = 0;
        for (long record : caught.inOrder(NOBODY_SENDER)) {
            Cell<?> cell = cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            Mem.putInt(
                    record + RecordDescriptor.SEQUENCE_OFFSET,
                    Mem.getInt(record + RecordDescriptor.SEQUENCE_OFFSET) - replies);
            if (cell == threads) {
                replies++;
                sink.sent("", record);
            } else {
                sink.sent(cell == nobody ? ReplaySink.ANYBODY : cell.endpointName(), record);
            }
        }
        long sequence = cellAt(row).row() + EndpointDescriptor.SEQUENCE_OFFSET;
        Mem.putLong(sequence, Mem.getLong(sequence) - replies);
    }

    /** Why the last record that was not handled was not; empty if C++ said no more. */
    public String whyDead() {
        DeadLetter letter = lastDead[0];
        return letter == null ? "" : letter.reason() + (letter.cause() == null ? "" : ": " + letter.cause());
    }

    /** The state of an endpoint; null if it has no {@link Snapshot}. */
    public byte @Nullable [] snapshot(String name) {
        Cell<?> cell = lifecycle().find(name);
        if (cell == null) {
            return null;
        }
        if (handlers != null && handlers.has(cell.index())) {
            return handlers.snapshot(cell.index());
        }
        Actor<?> actor = cell instanceof Cells.OfReceive<?> receive ? receive.actor() : null;
        return actor instanceof Snapshot snapshot ? Snapshots.bytes(snapshot) : null;
    }

    /**
     * Makes a C++ endpoint.
     *
     * @throws TalariaException if there is no native library, or it refuses
     */
    public void nativeEndpoint(String name, Path library, String symbol) {
        NativeReplay all = handlers;
        if (all == null) {
            all = new NativeReplay(this);
            handlers = all;
        }
        // It takes a sender id when it is made; the one that stands ready is for the endpoint that is fed now.
        int ready = Mem.getInt(region().address() + RegionDescriptor.NEXT_SENDER_ID_OFFSET);
        nextSender(0);
        all.create(name, library, symbol);
        nextSender(ready);
    }

    @Override
    void spill(Turn from, int lane, long records, int lengthBytes) {
        if (!settingUp) {
            caught.add(records, lengthBytes);
        }
    }

    @Override
    long overflowBytes(int lane) {
        // Asked once a send: where the run refused, there is no room here either.
        return !settingUp && sink.refused(asked++) ? Long.MAX_VALUE >> 1 : 0;
    }

    /** What time brought, in the run, is in the journal. */
    @Override
    boolean keepsTime() {
        return false;
    }

    @Override
    int flushOverflow(int lane) {
        return 0;
    }

    @Override
    Talaria start() {
        return this;
    }

    @Override
    void unpark(int worker) {
        // Nobody parks.
    }

    @Override
    void awaitCompletions(long wordAddress, int expected, long timeoutNs) {
        // Nobody completes.
    }

    @Override
    void wakeCompleter(long wordAddress) {
        // Nobody waits.
    }

    @Override
    void destroyNative(Cell<?> cell) {
        if (handlers != null) {
            handlers.destroy(cell.index());
        }
    }

    @Override
    JournalEntry nativeEntry(Cell<?> cell, int shard) {
        return Lifecycle.entry(cell, shard);
    }

    @Override
    public <M> ActorRef<M> nativeActor(String name, Class<M> type, NativeHandler handler) {
        nativeEndpoint(name, handler.library(), handler.symbol());
        return find(name, type).orElseThrow(() -> new TalariaException(name + " does not accept " + type.getName()));
    }

    @Override
    public EngineKind engine() {
        return EngineKind.JAVA;
    }

    @Override
    public String engineReason() {
        return "replay";
    }

    @Override
    public EngineStats stats() {
        return new EngineStats(0, 0, 0, 0, 0, lifecycle().living(), 0, 0, 0, 0);
    }

    @Override
    public boolean barrier(Duration deadline) {
        return true;
    }

    @Override
    public boolean quiesce(Duration deadline) {
        return true;
    }

    @Override
    public int invoke() {
        return 0;
    }

    /** Stops the endpoints and frees the memory. */
    @Override
    public void close() {
        setUp(lifecycle()::stopAll);
        if (handlers != null) {
            handlers.close();
        }
        markClosed();
        engineState(RegionDescriptor.STATE_CLOSED);
        region().release();
    }
}
