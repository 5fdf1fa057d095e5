package org.talaria.journal.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One worker while an epoch is read: the turns that it says it ran, in the order run, and where it is. */
final class WorkerState {
    /** A stay on a shard. */
    record Turn(int worker, int shard, long number, long from, long to, long timeNs) {
        @Override
        public String toString() {
            return "turn " + number + " of shard " + shard + " (worker " + worker + ", positions " + from + " to " + to
                    + ")";
        }
    }

    /** What a worker's first turn waits for. */
    enum Wait {
        NOTHING,
        /** Its shard was not handled up to where the turn begins. */
        SHARD,
        /** Its records are not in the journal. */
        BLOCK,
        /** The cause of its next record was not handled. */
        CAUSE
    }

    private final Deque<Turn> turns = new ArrayDeque<>();
    private long logEnd = -1;
    private long timeNs = Long.MIN_VALUE;
    private Wait wait = Wait.NOTHING;

    void add(Turn turn) {
        turns.addLast(turn);
    }

    @Nullable
    Turn first() {
        return turns.peekFirst();
    }

    void removeFirst() {
        turns.removeFirst();
        wait = Wait.NOTHING;
    }

    Wait waitsFor() {
        return wait;
    }

    void waitFor(Wait reason) {
        wait = reason;
    }

    /** The waiting turn that covers a position of a shard; null if none of this worker does. */
    @Nullable
    Turn covering(int shard, long position) {
        for (Turn turn : turns) {
            if (turn.shard() == shard && turn.from() <= position && position < turn.to()) {
                return turn;
            }
        }
        return null;
    }

    long logEnd() {
        return logEnd;
    }

    void logEnd(long position) {
        logEnd = position;
    }

    long timeNs() {
        return timeNs;
    }

    void timeNs(long time) {
        timeNs = time;
    }
}
