package org.talaria.journal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;

/**
 * Gives an epoch's records in one order that the run could have had, always the same one: each shard's in the order of positions, by the time of
 * their turns, none before its cause, and none of an endpoint that has moved before those of its stay elsewhere. Records behind a cut, of which no turn is known, come last. Not thread-safe.
 */
public final class HandlingOrder implements AutoCloseable {
    private static final Comparator<ShardCursor> EARLIEST = Comparator.comparingLong(ShardCursor::timeNs)
            // The lanes of a shard share its turns' numbers
            .thenComparingLong(ShardCursor::turnNumber)
            .thenComparingInt(ShardCursor::shard);

    private final SegmentFiles files;
    private final @Nullable MoveGates gates;
    private final Step step = new Step();
    private final IdSet given = new IdSet();
    private final PriorityQueue<ShardCursor> ready = new PriorityQueue<>(EARLIEST);
    private final Long2ObjectHashMap<List<ShardCursor>> waiting = new Long2ObjectHashMap<>();
    private @Nullable ShardCursor current;

    private HandlingOrder(SegmentFiles files, @Nullable MoveGates gates) {
        this.files = files;
        this.gates = gates;
    }

    /** Begins with the first record. */
    public static HandlingOrder of(JournalIndex index, EpochIndex epoch) {
        HandlingOrder order = new HandlingOrder(new SegmentFiles(index.path()), MoveGates.of(epoch));
        for (int s = 0; s < epoch.info().shards(); s++) {
            order.advance(new ShardCursor(s, epoch, order.files));
        }
        return order;
    }

    /** The next record; null at the end. */
    public @Nullable Step next() {
        ShardCursor last = current;
        if (last != null) {
            release(last.id());
            advance(last);
        }
        current = ready.isEmpty() ? anyWaiting() : ready.poll();
        if (current == null) {
            return null;
        }
        current.fill(step);
        return step;
    }

    private void advance(ShardCursor cursor) {
        try {
            boolean there = cursor.next();
            if (gates != null) {
                gates.advanced(cursor, there ? cursor.turnNumber() : Long.MAX_VALUE)
                        .forEach(this::place);
            }
            if (there) {
                place(cursor);
            }
        } catch (IOException e) {
            throw new TalariaException(
                    "the journal cannot be read on: " + e.getMessage() + ". Check that nothing deletes it meanwhile",
                    e);
        }
    }

    private void place(ShardCursor cursor) {
        if (cursor.hasCause() && !given.contains(cursor.cause())) {
            waiting.computeIfAbsent(cursor.cause(), cause -> new ArrayList<>()).add(cursor);
        } else if (gates == null || !gates.holds(cursor)) {
            ready.add(cursor);
        }
    }

    private void release(long id) {
        given.add(id);
        List<ShardCursor> released = waiting.remove(id);
        if (released != null) {
            released.forEach(this::place);
        }
    }

    /** A cause that is not in the journal (deleted, or behind a cut) is waited for no longer; the earliest record goes first. */
    private @Nullable ShardCursor anyWaiting() {
        ShardCursor first = null;
        for (List<ShardCursor> cursors : waiting.values()) {
            for (ShardCursor cursor : cursors) {
                first = first == null || EARLIEST.compare(cursor, first) < 0 ? cursor : first;
            }
        }
        ShardCursor held = gates == null ? null : gates.earliest(EARLIEST);
        if (gates != null && held != null && (first == null || EARLIEST.compare(held, first) < 0)) {
            gates.remove(held);
            return held;
        }
        if (first != null) {
            List<ShardCursor> beside = waiting.get(first.cause());
            beside.remove(first);
            if (beside.isEmpty()) {
                waiting.remove(first.cause());
            }
        }
        return first;
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new TalariaException("a file of the journal cannot be closed: " + e.getMessage(), e);
        }
    }
}
