package org.talaria.journal.read;

import org.talaria.internal.memory.Mem;
import org.talaria.journal.store.ExcerptDescriptor;

/** One excerpt where a reader keeps it: valid until the reader goes on. Not thread-safe. */
public final class Excerpt {
    private long address;
    private int segment;
    private long fileOffset;

    Excerpt() {}

    void set(long address, int segment, long fileOffset) {
        this.address = address;
        this.segment = segment;
        this.fileOffset = fileOffset;
    }

    /** Start of the header. */
    public long address() {
        return address;
    }

    /** A constant of {@link ExcerptDescriptor}. */
    public int kind() {
        return Mem.getInt(address + ExcerptDescriptor.KIND_OFFSET);
    }

    /** The engine's run. */
    public int epoch() {
        return Mem.getInt(address + ExcerptDescriptor.EPOCH_OFFSET);
    }

    /** Shard of a block, worker of turns, else −1. */
    public int shard() {
        return Mem.getShort(address + ExcerptDescriptor.SHARD_OFFSET);
    }

    /** Lane of a block. */
    public int lane() {
        return Mem.getShort(address + ExcerptDescriptor.LANE_OFFSET);
    }

    /** Number in its segment, from 0. */
    public long number() {
        return Mem.getLong(address + ExcerptDescriptor.NUMBER_OFFSET);
    }

    /** First position. */
    public long from() {
        return Mem.getLong(address + ExcerptDescriptor.FROM_OFFSET);
    }

    /** Position behind the last. */
    public long to() {
        return Mem.getLong(address + ExcerptDescriptor.TO_OFFSET);
    }

    /** Start of the body. */
    public long body() {
        return address + ExcerptDescriptor.HEADER_BYTES;
    }

    /** Bytes of the body. */
    public int bodyBytes() {
        return Mem.getInt(address + ExcerptDescriptor.LENGTH_OFFSET);
    }

    /** Segment it lies in. */
    public int segment() {
        return segment;
    }

    /** Where its header begins in the segment's file. */
    public long fileOffset() {
        return fileOffset;
    }

    /** Where it lies, for a person. */
    public String place() {
        return "segment " + segment + ", excerpt " + number() + " (" + ExcerptDescriptor.name(kind()) + ", file offset "
                + fileOffset + ")";
    }
}
