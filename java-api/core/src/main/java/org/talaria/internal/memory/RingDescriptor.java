package org.talaria.internal.memory;

/** Agrona's {@code ManyToOneRingBuffer}, byte for byte; trailer offsets are from the end of the data. */
public final class RingDescriptor {
    public static final int TAIL_OFFSET = 128;
    public static final int HEAD_CACHE_OFFSET = 256;
    public static final int HEAD_OFFSET = 384;
    public static final int CORRELATION_OFFSET = 512;
    public static final int HEARTBEAT_OFFSET = 640;
    public static final int TRAILER_BYTES = 768;
    public static final int ALIGNMENT = 8;
    public static final int PADDING_TYPE = -1;

    private RingDescriptor() {}

    /** Bytes a ring takes in the region. */
    public static long strideBytes(int capacityBytes) {
        return align((long) capacityBytes + TRAILER_BYTES, RegionDescriptor.PAGE_BYTES);
    }

    /** The next multiple of a power of two. */
    public static long align(long value, int alignment) {
        return value + alignment - 1 & -alignment;
    }

    /** The space a record of this length takes. */
    public static int align8(int length) {
        return length + 7 & ~7;
    }
}
