package org.talaria.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineKind;
import org.talaria.NativeHandler;
import org.talaria.Talaria;
import org.talaria.TalariaClock;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ContextHandler;
import org.talaria.bindings.CoreApi;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** The engine whose workers run the C++ drain loop: Java threads inside {@code talaria_worker_run}, called back once a block. */
final class NativeEngine extends Running {
    private static final long CLOSED = 0;

    private final Sender[] workerSenders;
    private final Map<Integer, NativeHandler> handlers = new ConcurrentHashMap<>();
    /** Held to read while the engine's handle is used by who is no worker; to write when it is freed. */
    private final ReentrantReadWriteLock handle = new ReentrantReadWriteLock();

    private volatile long engine;

    NativeEngine(TalariaConfig config) {
        super(config, config.workers());
        workerSenders = new Sender[layout().workers()];
    }

    @Override
    Talaria start() {
        engine = CoreApi.engineOpen(
                region().address(), region().rows(), this::onBlock, this::onFailure, this::onSuccession);
        if (engine < 0) {
            journaling().close();
            region().release();
            throw new TalariaException("the native engine did not open: " + CoreApi.lastError());
        }
        if (clock() != TalariaClock.SYSTEM) {
            CoreApi.engineClock(engine, clock()::nanoTime);
        }
        startThreads();
        return this;
    }

    private Sender senderOf(int worker) {
        Sender sender = workerSenders[worker];
        if (sender == null || sender.thread() != Thread.currentThread()) {
            sender = senders().current();
            workerSenders[worker] = sender;
        }
        return sender;
    }

    private long onBlock(long address, int lengthBytes, long position, int lane, int worker) {
        Sender sender = senderOf(worker);
        try {
            return walker().walk(turnOf(worker), sender, address, lengthBytes, position, lane);
        } catch (Throwable e) {
            sender.turn(null);
            deadLetters().error("worker " + worker, e);
            return -1;
        }
    }

    /** A record that C++ gave up. In a turn: its listener may send, and must not wait. */
    private void onFailure(long record, int reason, String text, int lane, int worker) {
        Sender sender = senderOf(worker);
        Turn turn = turnOf(worker);
        // As in the walker: native takes are outside Java's memory model
        Mem.acquireFence();
        turn.enter(sender.thread(), lane);
        turn.at(record, -1);
        sender.turn(turn);
        try {
            Cell<?> cell = cellAt(Mem.getInt(record + RecordDescriptor.TARGET_OFFSET));
            int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
            Reason why = Reason.ofCode(reason);
            TalariaException cause = text.isEmpty() ? null : new TalariaException(text);
            deadLetters().publish(turn, cell, record, Mem.getInt(record), type, why, cause);
        } catch (Throwable e) {
            deadLetters().error("worker " + worker, e);
        } finally {
            leave(turn, sender, worker);
        }
    }

    /** A C++ endpoint used up its sequence: only Java gives ids, so that senders and journal know all of them. In the middle of its handler's send. */
    private int onSuccession(int endpoint, int worker) {
        // As in the walker: native takes are outside Java's memory model
        Mem.acquireFence();
        try {
            return senders().give(cellAt(endpoint));
        } catch (Throwable e) {
            deadLetters().error("worker " + worker, e);
            return -1;
        } finally {
            Mem.releaseFence();
        }
    }

    private void leave(Turn turn, Sender sender, int worker) {
        try {
            turn.leave();
        } catch (Throwable e) {
            deadLetters().error("worker " + worker, e);
        } finally {
            sender.turn(null);
            Mem.releaseFence();
        }
    }

    @Override
    void runWorker(int worker) {
        CoreApi.workerRun(engine, worker);
    }

    @Override
    int invokeWorker() {
        int work = 0;
        for (int worker = 0; worker < layout().workers(); worker++) {
            work += CoreApi.workerInvoke(engine, worker);
        }
        return work;
    }

    /** As native {@code Board::unpark}, but in the region's memory alone: a sender may come here when the engine is freed, the region outlives its reference (R28). */
    @Override
    void unpark(int worker) {
        long wakeWord = workerBlock(worker) + WorkerDescriptor.WAKE_WORD_OFFSET;
        Mem.putLong(workerBlock(worker) + WorkerDescriptor.WOKEN_NS_OFFSET, System.nanoTime());
        // seq_cst, and before the system call (R9)
        Mem.putIntVolatile(wakeWord, 1);
        CoreApi.wake(wakeWord);
    }

    @Override
    void spill(Turn turn, int lane, long records, int lengthBytes) {
        if (CoreApi.overflowAppend(engine, lane, records, lengthBytes) != 0) {
            throw new TalariaException("the overflow of lane " + lane + " has no memory: " + CoreApi.lastError());
        }
    }

    @Override
    long overflowBytes(int lane) {
        return Mem.getLongVolatile(laneAddress(lane) + ShardDescriptor.OVERFLOW_BYTES_OFFSET);
    }

    @Override
    int flushOverflow(int lane) {
        return CoreApi.overflowFlush(engine, lane);
    }

    @Override
    void awaitCompletions(long wordAddress, int expected, long timeoutNs) {
        CoreApi.waitWhile(wordAddress, expected, timeoutNs);
    }

    @Override
    void wakeCompleter(long wordAddress) {
        CoreApi.wake(wordAddress);
    }

    @Override
    public <M> ActorRef<M> nativeActor(String name, Class<M> type, NativeHandler handler) {
        handle.readLock().lock();
        try {
            if (engine == CLOSED) {
                throw new TalariaException("the engine is closed: no more endpoints");
            }
            return create(name, type, handler);
        } finally {
            handle.readLock().unlock();
        }
    }

    private <M> ActorRef<M> create(String name, Class<M> type, NativeHandler handler) {
        long found =
                CoreApi.handlerFind(engine, handler.library().toAbsolutePath().toString(), handler.symbol());
        if (found < 0) {
            throw new TalariaException("handler " + handler.symbol() + " of " + handler.library() + " cannot be used: "
                    + CoreApi.lastError());
        }
        Map<Class<?>, ContextHandler<Object>> types = new HashMap<>();
        for (Class<?> record : Cells.recordsOf(type)) {
            requireKnown(handler, found, record);
            types.put(record, (message, context) -> {});
        }
        if (types.isEmpty()) {
            throw new TalariaException(type.getName() + " is no message: annotate the record with @Message");
        }
        Dispatch<M> dispatch = new Dispatch<>(this, types, null);
        return lifecycle()
                .create(
                        name,
                        ActorOptions.options(),
                        null,
                        (n, index, half) -> new Cells.OfNative<>(this, n, index, half, dispatch),
                        cell -> instantiate(cell, found, handler));
    }

    private void instantiate(Cell<?> cell, long found, NativeHandler handler) {
        handlers.put(cell.index(), handler);
        senders().give(cell);
        if (CoreApi.handlerCreate(engine, found, cell.index()) < 0) {
            senders().forget(cell);
            throw new TalariaException("handler " + handler.symbol() + " could not be created: " + CoreApi.lastError());
        }
    }

    /** A handler built from other message classes must not read these bytes. */
    private static void requireKnown(NativeHandler handler, long found, Class<?> record) {
        var schema = Codecs.of(record).schema();
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < CoreApi.handlerSchemaCount(found); i++) {
            if (CoreApi.handlerSchemaId(found, i) == schema.id()) {
                return;
            }
            known.append(" {").append(CoreApi.handlerSchemaLayout(found, i)).append('}');
        }
        throw new TalariaException("handler " + handler.symbol() + " of " + handler.library() + " does not know "
                + schema.name() + " {" + schema.layout() + "}; it knows" + known
                + ". Name it in TALARIA_HANDLER, and build the library with the header generated from these classes");
    }

    @Override
    void destroyNative(Cell<?> cell) {
        if (cell.kind() != EndpointDescriptor.KIND_NATIVE) {
            return;
        }
        handlers.remove(cell.index());
        handle.readLock().lock();
        try {
            if (engine != CLOSED) {
                CoreApi.handlerDestroy(engine, cell.index());
            }
        } finally {
            handle.readLock().unlock();
        }
    }

    @Override
    JournalEntry nativeEntry(Cell<?> cell, int shard) {
        NativeHandler handler = handlers.get(cell.index());
        return new JournalEntry.Endpoint(
                cell.index(),
                cell.generation(),
                shard,
                cell.kind(),
                Mem.getInt(cell.row() + EndpointDescriptor.SENDER_ID_OFFSET),
                cell.endpointName(),
                cell.typeName(),
                handler.library().toAbsolutePath().toString(),
                handler.symbol(),
                false);
    }

    @Override
    void releaseEngine() {
        // Behind an instance that is being made
        handle.writeLock().lock();
        try {
            CoreApi.engineClose(engine);
            engine = CLOSED;
        } finally {
            handle.writeLock().unlock();
        }
        // Only what nobody reads any more: a caller may not have seen its reply yet, and a late send reads the header
        // (R28).
        long rings = region().section(RegionDescriptor.SECTION_RINGS);
        CoreApi.releasePages(rings, region().address() + region().lengthBytes() - rings);
    }

    @Override
    public EngineKind engine() {
        return EngineKind.NATIVE;
    }

    @Override
    public String engineReason() {
        return "";
    }
}
