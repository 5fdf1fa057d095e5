package org.talaria.internal.engine;

import java.util.ServiceLoader;
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

    private final Engine engine;
    private final @Nullable Journal journal;
    private final @Nullable JournalWriter writer;
    private volatile @Nullable Throwable failure;

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
            writer.flush();
            Throwable cause = failure;
            if (cause != null) {
                throw new TalariaException("the journal failed: " + cause.getMessage(), cause);
            }
        }
    }

    /** R23: stops the engine's intake or goes on unjournaled, loudly. On the journaler's thread. */
    void failed(Throwable cause) {
        failure = cause;
        engine.deadLetters().error("journal", cause);
        // Nothing waits for the journal any more: turn logs are given up, drainers reclaim, write-ahead is over.
        long flags = engine.region().address() + RegionDescriptor.FLAGS_OFFSET;
        Mem.putIntVolatile(flags, Mem.getIntVolatile(flags) & RegionDescriptor.FLAG_INVOKER);
        for (int shard = 0; shard < engine.shards(); shard++) {
            Mem.putLongVolatile(engine.shardAddress(shard) + ShardDescriptor.JOURNALED_OFFSET, Long.MAX_VALUE);
            engine.published(shard);
        }
        if (journal != null && journal.onFailure() == Journal.OnFailure.CONTINUE) {
            LOG.log(System.Logger.Level.ERROR, "the journal failed; going on UNJOURNALED as configured", cause);
        } else {
            LOG.log(System.Logger.Level.ERROR, "the journal failed; the engine stops accepting", cause);
            engine.lifecycle().closeAll();
        }
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
