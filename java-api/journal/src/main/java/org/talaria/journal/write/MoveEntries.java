package org.talaria.journal.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.talaria.internal.journal.JournalEntry;

/**
 * Numbers the moves of each endpoint, so that one that a later segment repeats is known again; keeps those that must be repeated: not those of stays whose records all
 * lie in earlier segments. The journaler's thread.
 */
final class MoveEntries {
    /** A move with its number. */
    record Numbered(int number, JournalEntry.EndpointMoves move, List<End> ends) {}

    /** A lane of the shard that the move before left, and how far it was claimed when it had been left. */
    private record End(ShardFollower lane, long tail) {
        boolean isJournaled() {
            return lane.published() >= tail;
        }
    }

    private final RegionView region;
    private final List<ShardFollower> lanes;
    private final boolean keep;
    private final Long2LongHashMap numbers = new Long2LongHashMap(0);
    private final Long2ObjectHashMap<Deque<Numbered>> kept = new Long2ObjectHashMap<>();
    private final List<Numbered> stopped = new ArrayList<>();

    /** @param keep whether moves must be repeated in each segment, because earlier ones may be deleted */
    MoveEntries(RegionView region, List<ShardFollower> lanes, boolean keep) {
        this.region = region;
        this.lanes = lanes;
        this.keep = keep;
    }

    Numbered add(long key, JournalEntry.EndpointMoves move) {
        int number = (int) numbers.get(key) + 1;
        numbers.put(key, number);
        if (!keep) {
            return new Numbered(number, move, List.of());
        }
        Deque<Numbered> all = kept.computeIfAbsent(key, k -> new ArrayDeque<>());
        Numbered before = all.peekLast();
        // A move is asked for when the one before is over: what its old shard had for the endpoint is below these.
        Numbered added = new Numbered(
                number, move, before == null ? List.of() : ends(before.move().from()));
        all.addLast(added);
        return added;
    }

    private List<End> ends(int shard) {
        List<End> ends = new ArrayList<>();
        for (int ring = 0; ring < lanes.size(); ring++) {
            if (region.shardOf(ring) == shard) {
                ends.add(new End(lanes.get(ring), lanes.get(ring).tail()));
            }
        }
        return ends;
    }

    /** The endpoint stopped: its moves are repeated once more, as its last messages may be journaled after that. */
    void stopped(long key) {
        numbers.remove(key);
        Deque<Numbered> all = kept.remove(key);
        if (all != null) {
            stopped.addAll(all);
        }
    }

    /** Those that a new segment begins with. */
    List<Numbered> repeated() {
        List<Numbered> all = new ArrayList<>(stopped);
        stopped.clear();
        for (Deque<Numbered> of : kept.values()) {
            forget(of);
            all.addAll(of);
        }
        return all;
    }

    private static void forget(Deque<Numbered> of) {
        while (of.size() > 1) {
            Iterator<Numbered> first = of.iterator();
            JournalEntry.EndpointMoves oldest = first.next().move();
            Numbered next = first.next();
            boolean happened = next.move().from() == oldest.to();
            if (happened && !next.ends().stream().allMatch(End::isJournaled)) {
                return;
            }
            of.removeFirst();
        }
    }
}
