package org.talaria.internal.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.NativeHandler;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** The same layout and guarantees on one Java thread: the fall-back where there is no native library, and the reference in tests. */
final class JavaEngine extends Running {
    private static final long AFTER_FAILURE_NS = 1_000_000;

    private final String reason;
    private final Overflow[] overflows;
    private final Delivery delivery;
    private final JavaDrainer drainer;
    private final AtomicReference<Thread> completerThread = new AtomicReference<>();
    private final Thread[] workers = new Thread[1];

    JavaEngine(TalariaConfig config, String reason) {
        super(config, 1);
        this.reason = reason;
        delivery = new Delivery(this);
        overflows = new Overflow[lanes().lanes()];
        for (int i = 0; i < overflows.length; i++) {
            overflows[i] = new Overflow(this, i);
        }
        drainer = new JavaDrainer(this);
    }

    @Override
    void runWorker(int worker) {
        workers[0] = Thread.currentThread();
        Sender sender = senders().current();
        long header = region().address();
        long parkNs = Mem.getLong(header + RegionDescriptor.PARK_NS_OFFSET);
        Idling idling = new Idling(
                Mem.getInt(header + RegionDescriptor.SPINS_OFFSET),
                Mem.getInt(header + RegionDescriptor.YIELDS_OFFSET),
                config().idle().isAdaptive() ? new Idling.Costs() : null);
        while (goesOn()) {
            lap(sender);
            if (drainer.busy()) {
                idling.reset();
            } else if (idling.parks()) {
                park(parkNs, idling);
            }
        }
    }

    /** R13: the drainer goes on behind records that fail; what else fails (the clock, memory) must not end the only worker. */
    private void lap(Sender sender) {
        try {
            drainer.lap(sender);
        } catch (Throwable e) {
            ShardDrainer.report(this, 0, e);
            LockSupport.parkNanos(this, AFTER_FAILURE_NS);
        }
    }

    /** R6: join the parked set, look once more, park; a waker takes the worker out before it unparks it. No time of its own, 0 or less: until woken. */
    private void park(long parkNs, Idling idling) {
        long parked = region().address() + RegionDescriptor.PARKED_OFFSET;
        Mem.getAndOrLong(parked, 1);
        long sleptNs = 0;
        if (!drainer.anyReady() && !moves().asked() && goesOn()) {
            Mem.getAndAddLong(workerBlock(0) + WorkerDescriptor.PARKS_OFFSET, 1);
            sleptNs = System.nanoTime();
            if (parkNs > 0) {
                LockSupport.parkNanos(this, parkNs);
            } else {
                LockSupport.park(this);
            }
        }
        long wokenNs = Mem.getLongVolatile(workerBlock(0) + WorkerDescriptor.WOKEN_NS_OFFSET);
        // A stamp of this sleep, not of the one before
        if (!Mem.casLong(parked, 1, 0) && sleptNs != 0 && wokenNs - sleptNs >= 0) {
            idling.woken(wokenNs);
        }
    }

    @Override
    int invokeWorker() {
        return drainer.lap(senders().current());
    }

    @Override
    void unpark(int worker) {
        Mem.putLong(workerBlock(0) + WorkerDescriptor.WOKEN_NS_OFFSET, System.nanoTime());
        LockSupport.unpark(workers[0]);
    }

    @Override
    void spill(Turn turn, int lane, long records, int lengthBytes) {
        int appended = overflows[lane].append(records, lengthBytes);
        published(lane);
        // What has moved meanwhile, and all behind it
        for (int at = appended; at < lengthBytes; ) {
            try {
                delivery.sendAlone(turn, records + at, lane);
                at += RingDescriptor.align8(Mem.getInt(records + at));
            } catch (OutOfMemoryError e) {
                // What came before is appended, so nothing can be refused any more
                LockSupport.parkNanos(this, AFTER_FAILURE_NS);
            }
        }
    }

    /** Records that wait in a lane's overflow, see {@link Overflow#waiting}. */
    long overflowRecords(int lane) {
        return overflows[lane].waiting();
    }

    @Override
    long overflowBytes(int lane) {
        return overflows[lane].bytes();
    }

    @Override
    int flushOverflow(int lane) {
        return overflows[lane].flush();
    }

    @Override
    void awaitCompletions(long wordAddress, int expected, long timeoutNs) {
        completerThread.set(Thread.currentThread());
        if (Mem.getIntVolatile(wordAddress) == expected) {
            LockSupport.parkNanos(this, timeoutNs);
        }
    }

    @Override
    void wakeCompleter(long wordAddress) {
        LockSupport.unpark(completerThread.get());
    }

    @Override
    void destroyNative(Cell<?> cell) {
        // no endpoint of this engine is native
    }

    @Override
    JournalEntry nativeEntry(Cell<?> cell, int shard) {
        return Lifecycle.entry(cell, shard);
    }

    @Override
    void releaseEngine() {
        for (Overflow overflow : overflows) {
            overflow.free();
        }
    }

    @Override
    public <M> ActorRef<M> nativeActor(String name, Class<M> type, NativeHandler handler) {
        throw new TalariaException("C++ handlers need the native engine, and this is the Java engine (" + reason
                + "): give a Java twin, or see docs/building.md");
    }

    @Override
    public EngineKind engine() {
        return EngineKind.JAVA;
    }

    @Override
    public String engineReason() {
        return reason;
    }

    @Override
    Talaria start() {
        startThreads();
        return this;
    }
}
