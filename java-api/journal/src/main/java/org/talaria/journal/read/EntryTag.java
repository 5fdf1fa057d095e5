package org.talaria.journal.read;

/** What begins an entry in an excerpt of kind ENTRIES. */
public final class EntryTag {
    /** index, generation, shard, kind, sender id, unjournaled, name, type, library, symbol, SHA-256 of the library. */
    public static final int ENDPOINT = 1;

    /** sender id, index (−1 for a thread), generation, name. */
    public static final int SENDER = 2;

    /** index, generation. */
    public static final int STOPPED = 3;

    /** new sender id, the id it succeeds, index (−1 for a thread), generation, name. */
    public static final int SUCCEEDS = 4;

    /** index, generation, which of the endpoint's moves, from 1, shard, next shard, four positions: where it begins in the lane of each priority. */
    public static final int MOVES = 5;

    private EntryTag() {}
}
