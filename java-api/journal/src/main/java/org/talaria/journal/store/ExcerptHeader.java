package org.talaria.journal.store;

/** What an excerpt says of itself; filled anew for each {@link BlockStore#append}. Not thread-safe. */
public final class ExcerptHeader {
    private int kind;
    private int epoch;
    private int shard;
    private int lane;
    private long from;
    private long to;

    /** A header to be filled. */
    public ExcerptHeader() {}

    /** An excerpt that belongs to no shard. */
    public ExcerptHeader of(int kind, int epoch) {
        return of(kind, epoch, -1, 0, 0);
    }

    /** An excerpt that covers positions {@code from} … {@code to} of a ring. */
    public ExcerptHeader of(int kind, int epoch, int shard, long from, long to) {
        this.kind = kind;
        this.epoch = epoch;
        this.shard = shard;
        this.lane = 0;
        this.from = from;
        this.to = to;
        return this;
    }

    /** A constant of {@link ExcerptDescriptor}. */
    public int kind() {
        return kind;
    }

    /** The engine's run, counted from 1 in a journal. */
    public int epoch() {
        return epoch;
    }

    /** Shard, worker, or −1. */
    public int shard() {
        return shard;
    }

    /** Lane of the shard. */
    public int lane() {
        return lane;
    }

    /** First position. */
    public long from() {
        return from;
    }

    /** Position behind the last. */
    public long to() {
        return to;
    }
}
