package org.talaria.journal.read;

import org.agrona.collections.Long2LongHashMap;

/** A set of record ids at about a bit each: sequences of a sender are dense. Not thread-safe. */
public final class IdSet {
    private final Long2LongHashMap words = new Long2LongHashMap(0);
    private long key;
    private long word;

    /** An empty set. */
    public IdSet() {}

    /** Adds an id; false if it was there. */
    public boolean add(long id) {
        load(id);
        long bit = 1L << (id & 63);
        if ((word & bit) != 0) {
            return false;
        }
        word |= bit;
        words.put(key, word);
        return true;
    }

    /** Whether an id was added. */
    public boolean contains(long id) {
        load(id);
        return (word & 1L << (id & 63)) != 0;
    }

    private void load(long id) {
        long wanted = id >> 6;
        if (wanted != key || word == 0) {
            key = wanted;
            word = words.get(wanted);
        }
    }
}
