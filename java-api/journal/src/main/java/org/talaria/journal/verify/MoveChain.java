package org.talaria.journal.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.EpochIndex.Moved;

/**
 * Puts the moves of one endpoint, which several workers' logs tell of, in their order: by the turns of each shard that it left and came to, and from shard to shard.
 */
final class MoveChain {
    /** The endpoint came to a shard or left it, behind a turn of that shard. */
    private record Event(Moved move, boolean leaves, long turn) {}

    private final Map<Integer, Deque<Event>> byShard = new HashMap<>();
    private int left;

    MoveChain(List<Moved> moves) {
        Map<Integer, List<Event>> events = new HashMap<>();
        for (Moved move : moves) {
            events.computeIfAbsent(move.from(), shard -> new ArrayList<>()).add(new Event(move, true, move.fromTurn()));
            events.computeIfAbsent(move.to(), shard -> new ArrayList<>()).add(new Event(move, false, move.toTurn()));
        }
        // Who came and left without a turn in between came first.
        events.forEach((shard, all) -> {
            all.sort(Comparator.comparingLong(Event::turn).thenComparing(Event::leaves));
            byShard.put(shard, new ArrayDeque<>(all));
        });
        left = moves.size();
    }

    /** Moves that were not given yet. */
    int left() {
        return left;
    }

    /** The move by which the endpoint next left a shard; null if that is not known to have been to the other. */
    @Nullable
    Moved next(int from, int to) {
        Event leaves = byShard.getOrDefault(from, new ArrayDeque<>()).peekFirst();
        Event comes = byShard.getOrDefault(to, new ArrayDeque<>()).peekFirst();
        if (leaves == null
                || comes == null
                || !leaves.leaves()
                || comes.leaves()
                || !leaves.move().equals(comes.move())) {
            return null;
        }
        byShard.get(from).removeFirst();
        byShard.get(to).removeFirst();
        left--;
        return leaves.move();
    }
}
