package org.talaria.journal.write;

import java.util.ArrayList;
import java.util.List;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.store.Scratch;

/**
 * Which positions of each shard have their turn in the journal: repeated in each segment where earlier ones may be deleted, for their turns go with
 * them. Workers' logs are read one after the other, so a shard's turns may come out of order; few wait at a time. The journaler's thread.
 */
final class LoggedTurns {
    private record Range(int shard, long from, long to) {}

    private final long[] ends;
    private final List<Range> beyond = new ArrayList<>();

    LoggedTurns(int shards) {
        ends = new long[shards];
    }

    /** Reads entries of a turn log that are about to be journaled. */
    void read(long entries, int lengthBytes) {
        long at = entries;
        while (at < entries + lengthBytes) {
            if (Mem.getInt(at + 4) == TurnLogDescriptor.TURN) {
                long turn = at + 8;
                add(new Range(
                        Mem.getInt(turn + TurnLogDescriptor.TURN_SHARD),
                        Mem.getLong(turn + TurnLogDescriptor.TURN_FROM),
                        Mem.getLong(turn + TurnLogDescriptor.TURN_TO)));
            }
            at += RingDescriptor.align8(Mem.getInt(at));
        }
    }

    private void add(Range range) {
        beyond.add(range);
        boolean moved = true;
        while (moved) {
            moved = beyond.removeIf(this::joins);
        }
    }

    private boolean joins(Range range) {
        boolean joins = ends[range.shard()] == range.from();
        if (joins) {
            ends[range.shard()] = range.to();
        }
        return joins;
    }

    /** Packs shard, from, to of each range. */
    void put(Scratch body) {
        body.putInt(ends.length + beyond.size());
        for (int s = 0; s < ends.length; s++) {
            body.putInt(s).putLong(0).putLong(ends[s]);
        }
        for (Range range : beyond) {
            body.putInt(range.shard()).putLong(range.from()).putLong(range.to());
        }
    }
}
