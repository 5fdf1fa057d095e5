package org.talaria.journal.read;

/**
 * One record in the order handled, with its turn. Valid until {@link HandlingOrder} goes on. Not thread-safe.
 */
public final class Step {
    private final RecordView record = new RecordView();
    private boolean handled;
    private int deadReason;
    private long timeNs;
    private long turn;
    private int worker;

    Step() {}

    void at(long address, int shard, long position) {
        record.set(address, shard, position);
    }

    void turn(boolean known, long number, long atNs, int by, int reason) {
        handled = known;
        turn = number;
        timeNs = atNs;
        worker = by;
        deadReason = reason;
    }

    /** The record. */
    public RecordView record() {
        return record;
    }

    /** Whether a turn is known in which it was handled, or became a dead letter; false behind a cut. */
    public boolean handled() {
        return handled;
    }

    /** Why it became a dead letter, a code of {@code docs/layout.md}; 0 if it did not. */
    public int deadReason() {
        return deadReason;
    }

    /** Monotonic time of its turn; 0 if that is not known. */
    public long timeNs() {
        return timeNs;
    }

    /** Number of its turn on its shard. */
    public long turn() {
        return turn;
    }

    /** Who handled it. */
    public int worker() {
        return worker;
    }
}
