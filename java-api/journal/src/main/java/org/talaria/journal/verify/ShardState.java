package org.talaria.journal.verify;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;

/** One shard while an epoch is read: what is journaled and not yet known to be handled. */
final class ShardState {
    /** A position's low bit: the record may only be a dead letter. */
    private static final long STALE = 1;

    private static final int FIELDS = 4;

    /** Id, cause, position, receiver of each record that waits for its turn. */
    private final LongQueue records = new LongQueue();
    /** Positions of dead letters whose turn is not over. */
    private final LongHashSet dead = new LongHashSet(-1);

    private final long start;
    private final NavigableMap<Long, Long> before = new TreeMap<>();
    private long beforeEnd;
    private int owner = -1;
    private long journaled;
    private long count;
    private long handled;
    private long turn;
    private long timeNs = Long.MIN_VALUE;

    /** A shard that was journaled up to a position before. */
    ShardState(long position) {
        start = position;
        journaled = position;
    }

    /** Says that the turns of some positions are not in the journal any more: retention deleted their segment. */
    void turnedBefore(long from, long to) {
        before.put(from, to);
        beforeEnd = Math.max(beforeEnd, to);
        skip();
    }

    /** Whether the turn of a position is not in the journal any more. */
    boolean isTurnedBefore(long position) {
        if (position >= beforeEnd) {
            return false;
        }
        Map.Entry<Long, Long> range = before.floorEntry(position);
        return range != null && position < range.getValue();
    }

    private void skip() {
        Long to = before.get(handled);
        while (to != null && to > handled) {
            handled = to;
            to = before.get(handled);
        }
    }

    /** A turn ended. */
    void passed(long position) {
        owner = -1;
        handled = Math.max(handled, position);
        skip();
    }

    /** Where the journal begins. */
    long start() {
        return start;
    }

    /** The worker whose turn runs; −1 if none does. */
    int owner() {
        return owner;
    }

    void owner(int worker) {
        owner = worker;
    }

    long journaled() {
        return journaled;
    }

    void journaled(long position) {
        journaled = position;
    }

    /** A record was met. */
    void count() {
        count++;
    }

    /** Records met. */
    long counted() {
        return count;
    }

    long handled() {
        return handled;
    }

    void handled(long position) {
        handled = position;
    }

    long turn() {
        return turn;
    }

    long timeNs() {
        return timeNs;
    }

    void turn(long number, long atNs) {
        turn = number;
        timeNs = atNs;
    }

    void add(long id, long cause, long position, long target, boolean stale) {
        records.add(id);
        records.add(cause);
        records.add(stale ? position | STALE : position);
        records.add(target);
    }

    boolean hasRecordBefore(long position) {
        return !records.isEmpty() && headPosition() < position;
    }

    long headId() {
        return records.get(0);
    }

    long headCause() {
        return records.get(1);
    }

    long headPosition() {
        return records.get(2) & ~STALE;
    }

    /** The receiver: {@link MoveChecks#key}. */
    long headTarget() {
        return records.get(3);
    }

    boolean headIsStale() {
        return (records.get(2) & STALE) != 0;
    }

    void removeHead() {
        records.remove(FIELDS);
    }

    int waiting() {
        return records.size() / FIELDS;
    }

    /** Where a waiting record lies; −1 if it does not wait here. */
    long positionOf(long id) {
        for (int i = 0; i < records.size(); i += FIELDS) {
            if (records.get(i) == id) {
                return records.get(i + 2) & ~STALE;
            }
        }
        return -1;
    }

    LongHashSet dead() {
        return dead;
    }
}
