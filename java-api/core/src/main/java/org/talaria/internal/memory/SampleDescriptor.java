package org.talaria.internal.memory;

/** A slot of the samples, 512 bytes: what the keeper saw of one endpoint, and, from {@link #HANDLED_OFFSET} on, what its drainer counts. Slot 0 is nobody's. */
public final class SampleDescriptor {
    public static final int BYTES = 512;
    public static final int SLOTS = 1_024;
    public static final int INDEX_OFFSET = 0;
    /** 0 = a free slot. */
    public static final int GENERATION_OFFSET = 4;

    public static final int SHARD_OFFSET = 8;
    public static final int NAME_LENGTH_OFFSET = 12;
    public static final int SAMPLES_OFFSET = 16;
    public static final int LAST_SAMPLE_MS_OFFSET = 24;
    public static final int NAME_OFFSET = 32;
    /** Longer names are cut off. */
    public static final int NAME_BYTES = 96;

    public static final int HANDLED_OFFSET = 128;
    /** Messages by the power of two of the nanoseconds that their handler took, i64 each. */
    public static final int HISTOGRAM_OFFSET = 192;

    public static final int BUCKETS = 40;
    /** Of so many turns of a shard the runs of one are timed: a power of two. */
    public static final int TIMED_EVERY = 32;

    private SampleDescriptor() {}

    /** The bucket of a time: the last one takes all that is longer. */
    public static int bucketOf(long ns) {
        return Math.min(BUCKETS - 1, Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, ns)));
    }
}
