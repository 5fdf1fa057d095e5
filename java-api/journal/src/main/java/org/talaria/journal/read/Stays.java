package org.talaria.journal.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.talaria.internal.memory.LanePlan;

/**
 * Where an endpoint lived that was moved: its stays, numbered from 0. All that is said of a stay stands before its first record in the journal, so each record belongs to one
 * of them, in whatever order blocks are read. A move that came to nothing leaves a stay without records. Not thread-safe.
 */
public final class Stays {
    private static final int NUMBER = 0;
    private static final int BEGINS = 1;

    /**
     * A move that was asked for.
     *
     * @param number of the stay that begins with it, from 1
     * @param from shard it lived on
     * @param to shard it was to live on
     */
    public record Move(int number, int from, int to) {}

    private final List<Move> moves = new ArrayList<>();
    /** By shard: number and, by priority, begin of each stay there. */
    private final Int2ObjectHashMap<LongTable> byShard = new Int2ObjectHashMap<>();

    Stays() {}

    /** Takes note of a move; of one that is said again, where a segment begins, nothing. */
    void add(Move move, long[] begins) {
        if (moves.isEmpty()) {
            // Where it began, or where it was when what came before was deleted.
            stay(move.number() - 1, move.from(), new long[LanePlan.PRIORITIES]);
        } else if (move.number() <= last()) {
            return;
        }
        moves.add(move);
        stay(move.number(), move.to(), begins);
    }

    private void stay(int number, int shard, long[] begins) {
        long[] row = new long[BEGINS + LanePlan.PRIORITIES];
        row[NUMBER] = number;
        System.arraycopy(begins, 0, row, BEGINS, begins.length);
        byShard.computeIfAbsent(shard, s -> new LongTable(row.length)).add(row);
    }

    /**
     * The stay that a record belongs to.
     *
     * @param lane where the record lies
     * @param position in that lane's ring
     * @return its number; −1 if the endpoint did not live on that shard by then
     */
    public int at(EpochInfo.Lane lane, long position) {
        LongTable table = byShard.get(lane.shard());
        if (table == null) {
            return -1;
        }
        int column = BEGINS + lane.priority();
        int low = 0;
        int high = table.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (table.get(middle, column) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? -1 : (int) table.get(low - 1, NUMBER);
    }

    /** The moves that were asked for, in order; those before the first may have been deleted by retention. */
    public List<Move> moves() {
        return Collections.unmodifiableList(moves);
    }

    /** Whether the endpoint went where the i-th of {@link #moves} says: the next one begins there. Of the last one only a turn log says that. */
    public boolean happened(int i) {
        return i + 1 < moves.size() && moves.get(i + 1).from() == moves.get(i).to();
    }

    /** The shard of the first stay that is known. */
    public int firstShard() {
        return moves.get(0).from();
    }

    private int last() {
        return moves.get(moves.size() - 1).number();
    }
}
