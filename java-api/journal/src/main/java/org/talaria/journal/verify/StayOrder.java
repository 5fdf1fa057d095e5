package org.talaria.journal.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The order of a sender's messages to an address that was moved: within a stay they rise as they lie in their lane; and all of a stay come before all of the next, in whatever
 * order the blocks of two shards are read. Some 100 bytes a stay of each pair of sender and moved address.
 */
final class StayOrder {
    /** A sender, a receiver's row and a priority, as {@link SenderChecks} packs them; and which receiver of the row. */
    private record Pair(long pair, int generation) {}

    /** The first and the last place of a stay. */
    private static final class Span {
        private final long min;
        private long max;

        Span(long place) {
            min = place;
            max = place;
        }
    }

    private final Map<Pair, NavigableMap<Integer, Span>> spans = new HashMap<>();

    /**
     * Takes a message.
     *
     * @param pair of sender, receiver's row and priority
     * @param generation which receiver of the row
     * @param stay where the message lies
     * @param place of the message, from 0
     * @param before the last place that was met before the receiver was known to move; −1 if there was none
     * @return the place of a message on the wrong side of this one; −1 if all is well
     */
    long accept(long pair, int generation, int stay, long place, long before) {
        NavigableMap<Integer, Span> stays = spans.get(new Pair(pair, generation));
        if (stays == null) {
            stays = new TreeMap<>();
            spans.put(new Pair(pair, generation), stays);
            if (before >= 0) {
                stays.put(0, new Span(before));
            }
        }
        Map.Entry<Integer, Span> reached = stays.floorEntry(stay);
        Map.Entry<Integer, Span> next = stays.higherEntry(stay);
        if (reached != null && place <= reached.getValue().max) {
            return reached.getValue().max;
        }
        if (reached != null && reached.getKey() == stay) {
            reached.getValue().max = place;
        } else {
            stays.put(stay, new Span(place));
        }
        return next != null && place >= next.getValue().min ? next.getValue().min : -1;
    }
}
