package org.talaria.journal.verify;

import org.agrona.collections.LongHashSet;

/** One shard while an epoch is read: what is journaled and not yet known to be handled. */
final class ShardState {
    /** A position's low bit: the record may only be a dead letter. */
    private static final long STALE = 1;

    private static final int FIELDS = 3;

    /** Id, cause, position of each record that waits for its turn. */
    private final LongQueue records = new LongQueue();
    /** Positions of dead letters whose turn is not over. */
    private final LongHashSet dead = new LongHashSet(-1);

    private final long start;
    private boolean handledKnown;
    private int owner = -1;
    private long journaled;
    private long handled;
    private long turn;
    private long timeNs = Long.MIN_VALUE;

    /**
     * A shard that was journaled up to a position before.
     *
     * @param handledKnown whether it was also handled up to there; else its first turn says so
     */
    ShardState(long position, boolean handledKnown) {
        start = position;
        journaled = position;
        handled = position;
        this.handledKnown = handledKnown;
    }

    /** Where the journal begins. */
    long start() {
        return start;
    }

    /** A turn begins at a position: where nothing is known, that is how far the shard was handled. */
    void meet(long position) {
        if (!handledKnown) {
            handledKnown = true;
            handled = position;
        }
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

    void add(long id, long cause, long position, boolean stale) {
        records.add(id);
        records.add(cause);
        records.add(stale ? position | STALE : position);
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
