package org.talaria.journal.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.collections.Long2ObjectHashMap;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalSource;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Scratch;
import org.talaria.message.Schema;

/**
 * What records refer to: schemas, endpoints, senders. Written before the blocks that need it: an entry is queued before anything that refers to it
 * can be committed, so whoever looks at the rings first and empties the queue then has every entry. {@link #write} is called by any thread, the rest by the
 * journaler's.
 */
final class Dictionary {
    private static final int FLUSH_BYTES = 256 << 10;

    private final JournalSource source;
    private final boolean keep;
    private final Queue<JournalEntry> queue = new ConcurrentLinkedQueue<>();
    private final MoveEntries moves;
    private final Packing packing = new Packing();
    private final Scratch body = new Scratch(2 * FLUSH_BYTES);
    private final Long2ObjectHashMap<JournalEntry> endpoints = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<JournalEntry> senders = new Long2ObjectHashMap<>();
    private final List<JournalEntry> stopped = new ArrayList<>();
    private int schemas;

    /** @param keep whether it must be repeated in each segment, because earlier ones may be deleted */
    Dictionary(JournalSource source, MoveEntries moves, boolean keep) {
        this.source = source;
        this.moves = moves;
        this.keep = keep;
    }

    void write(JournalEntry entry) {
        queue.add(entry);
    }

    /** Writes what is new; true if there was anything. */
    boolean flush(ExcerptWriter writer) throws IOException {
        boolean any = flushSchemas(writer);
        if (queue.isEmpty()) {
            return any;
        }
        body.clear();
        JournalEntry entry = queue.poll();
        while (entry != null) {
            accept(writer, entry);
            entry = queue.poll();
        }
        end(writer);
        return true;
    }

    private void accept(ExcerptWriter writer, JournalEntry entry) throws IOException {
        if (entry instanceof JournalEntry.EndpointMoves move) {
            put(writer, moves.add(key(move.index(), move.generation()), move));
            return;
        }
        if (entry instanceof JournalEntry.EndpointStopped end) {
            moves.stopped(key(end.index(), end.generation()));
        }
        remember(entry);
        put(writer, entry);
    }

    private boolean flushSchemas(ExcerptWriter writer) throws IOException {
        List<Schema> added = source.schemas(schemas);
        if (added.isEmpty()) {
            return false;
        }
        body.clear();
        for (Schema schema : added) {
            Packing.put(body, schema);
        }
        writer.append(ExcerptDescriptor.SCHEMAS, body);
        schemas += added.size();
        return true;
    }

    private void put(ExcerptWriter writer, JournalEntry entry) throws IOException {
        packing.put(body, entry);
        endIfLong(writer);
    }

    private void put(ExcerptWriter writer, MoveEntries.Numbered move) throws IOException {
        Packing.put(body, move);
        endIfLong(writer);
    }

    private void endIfLong(ExcerptWriter writer) throws IOException {
        if (body.length() >= FLUSH_BYTES) {
            end(writer);
            body.clear();
        }
    }

    private void end(ExcerptWriter writer) throws IOException {
        if (body.length() > 0) {
            writer.append(ExcerptDescriptor.ENTRIES, body);
        }
    }

    private void remember(JournalEntry entry) {
        if (!keep) {
            return;
        }
        if (entry instanceof JournalEntry.Endpoint endpoint) {
            endpoints.put(key(endpoint.index(), endpoint.generation()), endpoint);
        } else if (entry instanceof JournalEntry.SenderGiven sender) {
            senders.put(sender.senderId(), sender);
        } else if (entry instanceof JournalEntry.SenderSucceeds sender) {
            senders.put(sender.senderId(), sender);
        } else if (entry instanceof JournalEntry.EndpointStopped end) {
            JournalEntry endpoint = endpoints.remove(key(end.index(), end.generation()));
            if (endpoint != null) {
                stopped.add(endpoint);
                stopped.add(end);
            }
        }
    }

    private static long key(int index, int generation) {
        return (long) index << 16 | generation;
    }

    /**
     * Writes everything that is alive once more, where a new segment must stand alone; and what stopped in the last one, whose messages may be
     * journaled after that.
     */
    void repeat(ExcerptWriter writer) throws IOException {
        if (!keep) {
            return;
        }
        schemas = 0;
        flushSchemas(writer);
        body.clear();
        for (JournalEntry endpoint : endpoints.values()) {
            put(writer, endpoint);
        }
        for (JournalEntry entry : stopped) {
            put(writer, entry);
        }
        stopped.clear();
        for (MoveEntries.Numbered move : moves.repeated()) {
            put(writer, move);
        }
        for (JournalEntry sender : senders.values()) {
            put(writer, sender);
        }
        end(writer);
    }
}
