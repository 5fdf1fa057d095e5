package org.talaria.internal.engine;

import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalProvider;
import org.talaria.internal.journal.JournalWriter;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.journal.Journal;

/** The engine's hold on its journal, or on none. */
final class Journaling {
    private static final System.Logger LOG = System.getLogger("org.talaria");
    private static final long FLUSH_PARK_NS = 20_000;

    private final Engine engine;
    private final @Nullable Journal journal;
    private final @Nullable JournalWriter writer;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread telling;

    private Journaling(Engine engine, @Nullable Journal journal) {
        this.engine = engine;
        this.journal = journal;
        writer = journal == null ? null : provider().open(journal, engine);
    }

    static Journaling open(Engine engine, @Nullable Journal journal) {
        try {
            return new Journaling(engine, journal);
        } catch (RuntimeException | Error e) {
            engine.region().release();
            throw e;
        }
    }

    private static JournalProvider provider() {
        return ServiceLoader.load(JournalProvider.class)
                .findFirst()
                .orElseThrow(() -> new TalariaException(
                        "a journal is configured, and talaria-journal is not on the class path: add that artifact"));
    }

    void start() {
        if (writer != null) {
            writer.start();
        }
    }

    void write(JournalEntry entry) {
        if (writer != null && failure == null) {
            writer.write(entry);
        }
    }

    void flush() {
        if (writer != null) {
            // A handler cannot wait for the end of its own turn
            if (engine.senders().current().turn() == null) {
                // What handlers sent and what waits in overflows is accepted too; the journaler sees it in the rings
                new Barrier(engine, this::waited).awaitIntoRings();
            }
            writer.flush();
            Throwable cause = failure;
            if (cause != null) {
                throw new TalariaException("the journal failed: " + cause.getMessage(), cause);
            }
        }
    }

    /** @return false: nothing more will be journaled */
    private boolean waited() {
        boolean going = failure == null && !engine.ended();
        if (going && (!engine.invoked() || engine.invoke() == 0)) {
            LockSupport.parkNanos(this, FLUSH_PARK_NS);
        }
        return going;
    }

    /** R23: stops the engine's intake or goes on unjournaled, loudly. On the journaler's thread. */
    void failed(Throwable cause) {
        failure = cause;
        boolean goesOn = journal != null && journal.onFailure() == Journal.OnFailure.CONTINUE;
        if (!goesOn) {
            stopIntake();
        }
        // Nothing waits for the journal any more: turn logs are given up, drainers reclaim, write-ahead is over.
        long flags = engine.region().address() + RegionDescriptor.FLAGS_OFFSET;
        Mem.putIntVolatile(
                flags,
                Mem.getIntVolatile(flags) & ~(RegionDescriptor.FLAG_JOURNALED | RegionDescriptor.FLAG_WRITE_AHEAD));
        for (int lane = 0; lane < engine.rings(); lane++) {
            Mem.putLongVolatile(engine.laneAddress(lane) + ShardDescriptor.JOURNALED_OFFSET, Long.MAX_VALUE);
            engine.published(lane);
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the journal failed; "
                        + (goesOn ? "going on UNJOURNALED as configured: " : "the engine stops accepting: ")
                        + cause);
        tell(cause);
    }

    /** Senders are refused from now on. Under WRITE_AHEAD, where handled implies journaled, what is in the rings becomes dead letters: said before their drainers are let go. */
    private void stopIntake() {
        engine.lifecycle().closeAll();
        if (journal != null && journal.mode() == Journal.Mode.WRITE_AHEAD) {
            // Not over the state of an engine that is stopping already
            Mem.casInt(
                    engine.region().address() + RegionDescriptor.ENGINE_STATE_OFFSET,
                    RegionDescriptor.STATE_RUNNING,
                    RegionDescriptor.STATE_DRAINING);
            engine.discard();
            engine.lifecycle().discardAll();
        }
    }

    /** Last: nothing waits for the listener. */
    private void tell(Throwable cause) {
        telling = Thread.currentThread();
        try {
            engine.deadLetters().error("journal", cause);
        } finally {
            telling = null;
        }
    }

    /** Whether this thread tells a listener that the journal failed: close would wait for it. */
    boolean tells(Thread thread) {
        return telling == thread;
    }

    boolean failed() {
        return failure != null;
    }

    void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
