package org.talaria.journal.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.EpochIndex.Moved;

/**
 * What {@link HandlingOrder} waits for where endpoints have moved: a record of the new shard, in a turn behind the move, for those of the old shard in turns up to
 * it. Times say the same, but where they are equal. Not thread-safe.
 */
final class MoveGates {
    /** By shard that was moved to, in the order of its turns. */
    private final List<List<Moved>> arrivals = new ArrayList<>();

    /** By ring: how many of its shard's arrivals it is past. */
    private final int[] passed;
    /** By ring: turn of the record where it is. */
    private final long[] turns;
    /** By shard: the cursors that wait for it. */
    private final List<List<ShardCursor>> waiting = new ArrayList<>();

    private final List<EpochInfo.Lane> lanes;

    private MoveGates(EpochIndex epoch) {
        lanes = epoch.info().lanes();
        passed = new int[lanes.size()];
        turns = new long[lanes.size()];
        Arrays.fill(turns, Long.MIN_VALUE);
        for (int shard = 0; shard < lanes.size(); shard++) {
            arrivals.add(new ArrayList<>());
            waiting.add(new ArrayList<>());
        }
        epoch.moved().forEach(moved -> arrivals.get(moved.to()).add(moved));
        arrivals.forEach(of -> of.sort(Comparator.comparingLong(Moved::toTurn)));
    }

    /** Null where nothing has moved. */
    static @Nullable MoveGates of(EpochIndex epoch) {
        return epoch.moved().isEmpty() ? null : new MoveGates(epoch);
    }

    /**
     * A cursor went on.
     *
     * @param turn of the record where it is now; the last there can be at its end
     * @return the cursors that waited for that shard: their place is to be found anew
     */
    List<ShardCursor> advanced(ShardCursor cursor, long turn) {
        turns[cursor.shard()] = turn;
        List<ShardCursor> released = waiting.get(shardOf(cursor));
        if (released.isEmpty()) {
            return List.of();
        }
        List<ShardCursor> copy = List.copyOf(released);
        released.clear();
        return copy;
    }

    private int shardOf(ShardCursor cursor) {
        return lanes.get(cursor.shard()).shard();
    }

    /** Whether a cursor's record must wait; it is given back by {@link #advanced} or {@link #remove}. */
    boolean holds(ShardCursor cursor) {
        int ring = cursor.shard();
        List<Moved> before = arrivals.get(shardOf(cursor));
        while (passed[ring] < before.size() && before.get(passed[ring]).toTurn() < cursor.turnNumber()) {
            Moved moved = before.get(passed[ring]);
            if (!isPast(moved)) {
                waiting.get(moved.from()).add(cursor);
                return true;
            }
            passed[ring]++;
        }
        return false;
    }

    private boolean isPast(Moved moved) {
        for (int ring = 0; ring < turns.length; ring++) {
            if (lanes.get(ring).shard() == moved.from() && turns[ring] <= moved.fromTurn()) {
                return false;
            }
        }
        return true;
    }

    /** What still waits when nothing else is left, as a cause was deleted or lies behind a cut; null if nothing does. */
    @Nullable
    ShardCursor earliest(Comparator<ShardCursor> order) {
        return waiting.stream().flatMap(List::stream).min(order).orElse(null);
    }

    void remove(ShardCursor cursor) {
        waiting.forEach(of -> of.remove(cursor));
    }
}
