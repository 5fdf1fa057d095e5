package org.talaria.journal.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.journal.JournalSource;
import org.talaria.journal.Journal;
import org.talaria.journal.read.SegmentReader;
import org.talaria.journal.store.BlockStore;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Scratch;

/**
 * One lap of the journaler. The order matters: look at the rings, then write what their records may refer to, then the records, then publish, then the
 * turn logs; so a turn never stands before its records in the journal. One thread.
 */
final class Duty {
    private static final long MOST_EXCERPTS = 8_000_000;
    private static final long RETENTION_PERIOD_MS = 1_000;

    private final Journal journal;
    private final RegionView region;
    private final ExcerptWriter writer;
    private final Dictionary dictionary;
    private final Retention retention;
    private final List<ShardFollower> shards = new ArrayList<>();
    private final List<TurnLogFollower> turnLogs = new ArrayList<>();
    private final Scratch body = new Scratch(256);
    private final boolean[] ready;
    private final @Nullable LoggedTurns logged;
    private long segmentStartMs;
    private long retentionCheckedMs;

    Duty(Journal journal, JournalSource source, RegionView region, ExcerptWriter writer) {
        this.journal = journal;
        this.region = region;
        this.writer = writer;
        retention = new Retention(journal, shards);
        dictionary = new Dictionary(source, new MoveEntries(region, shards, retention.enabled()), retention.enabled());
        for (int s = 0; s < source.rings(); s++) {
            shards.add(new ShardFollower(s, region, source));
        }
        for (int w = 0; w < source.workers(); w++) {
            turnLogs.add(new TurnLogFollower(w, region));
        }
        ready = new boolean[shards.size()];
        logged = retention.enabled() ? new LoggedTurns(ready.length) : null;
    }

    boolean writeAhead() {
        return journal.mode() == Journal.Mode.WRITE_AHEAD;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    List<ShardFollower> shards() {
        return shards;
    }

    ExcerptWriter writer() {
        return writer;
    }

    /** Writes the excerpt that an epoch begins with. */
    void begin() throws IOException {
        start(-2 - SegmentReader.count(journal.path(), writer.store().segment() - 1));
        if (retention.enabled()) {
            retention.adopt(journal.path(), writer.store().segment());
        }
    }

    private void start(long previous) throws IOException {
        body.clear();
        new Epoch(region, shards).put(body, writer.store().segment(), previous);
        if (logged == null) {
            body.putInt(0);
        } else {
            logged.put(body);
        }
        writer.append(ExcerptDescriptor.START, body);
        segmentStartMs = System.currentTimeMillis();
    }

    /** One lap; true if anything was written. */
    boolean run() throws IOException {
        boolean any = look();
        any |= dictionary.flush(writer);
        for (int s = 0; s < ready.length; s++) {
            if (ready[s]) {
                shards.get(s).write(writer);
                rollIfFull();
            }
        }
        for (int w = 0; w < turnLogs.size(); w++) {
            any |= turnLogs.get(w).write(writer, logged);
        }
        if (retention.enabled()) {
            retain(System.currentTimeMillis());
        }
        return any;
    }

    private boolean look() {
        boolean any = false;
        for (int s = 0; s < ready.length; s++) {
            ready[s] = shards.get(s).look();
            any |= ready[s];
        }
        return any;
    }

    private void rollIfFull() throws IOException {
        BlockStore store = writer.store();
        if (store.segmentBytes() >= journal.rollBytes() || store.excerpts() >= MOST_EXCERPTS) {
            roll(System.currentTimeMillis());
        }
    }

    private void retain(long nowMs) throws IOException {
        if (nowMs - retentionCheckedMs < RETENTION_PERIOD_MS) {
            return;
        }
        if (retention.shouldRoll(segmentStartMs, nowMs)) {
            roll(nowMs);
        }
        retentionCheckedMs = nowMs;
        retention.apply(writer, nowMs);
    }

    private void roll(long nowMs) throws IOException {
        BlockStore store = writer.store();
        long previous = store.excerpts();
        if (retention.enabled()) {
            retention.ended(store.segment(), store.segmentBytes(), nowMs);
        }
        store.roll();
        start(previous);
        dictionary.repeat(writer);
        retentionCheckedMs = 0;
    }

    /** Writes all that is left, then that nothing follows. */
    void end() throws IOException {
        boolean more = true;
        while (more) {
            more = run();
        }
        body.clear();
        for (ShardFollower shard : shards) {
            body.putLong(shard.published()).putLong(shard.counted());
        }
        writer.append(ExcerptDescriptor.END, body);
        writer.store().check();
    }
}
