package org.talaria.journal.read;

import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;

/** Walks the records of a block, padding left out. Not thread-safe. */
public final class RecordCursor {
    private final RecordView view = new RecordView();
    private long address;
    private long end;
    private int shard;
    private long position;
    private @Nullable String fault;

    /** A cursor without a block. */
    public RecordCursor() {}

    /** Begins with a block. */
    public RecordCursor wrap(Excerpt block) {
        return wrap(block.body(), block.bodyBytes(), block.shard(), block.from());
    }

    /** Begins with raw records. */
    public RecordCursor wrap(long start, int lengthBytes, int onShard, long from) {
        address = start;
        end = start + lengthBytes;
        shard = onShard;
        position = from;
        fault = null;
        return this;
    }

    /** The next record; null at the end, or where the bytes are no record ({@link #fault}). */
    public @Nullable RecordView next() {
        while (end - address >= RingDescriptor.ALIGNMENT) {
            int length = Mem.getInt(address + RecordDescriptor.LENGTH_OFFSET);
            int type = Mem.getInt(address + RecordDescriptor.TYPE_OFFSET);
            long at = address;
            long here = position;
            if (length < RingDescriptor.ALIGNMENT) {
                return fault("a record of " + length + " bytes");
            }
            position += RingDescriptor.align8(length);
            if (type == RingDescriptor.PADDING_TYPE) {
                // The last one of a block is cut to its header.
                address = Math.min(end, address + RingDescriptor.align8(length));
            } else if (wrong(at, length)) {
                return fault(
                        "a record of " + length + " bytes, type " + type + ", flags " + RecordDescriptor.flags(at));
            } else {
                address += RingDescriptor.align8(length);
                view.set(at, shard, here);
                return view;
            }
        }
        return address == end ? null : fault("a rest of " + (end - address) + " bytes");
    }

    private boolean wrong(long at, int length) {
        return length < RecordDescriptor.HEADER_BYTES
                || RingDescriptor.align8(length) > end - at
                || length < RecordDescriptor.headerBytes(RecordDescriptor.flags(at));
    }

    private @Nullable RecordView fault(String text) {
        fault = text + " at position " + position + " of shard " + shard;
        address = end;
        return null;
    }

    /** Position behind the last record that was given or passed over. */
    public long position() {
        return position;
    }

    /** What stands where a record should; null if all is well. */
    public @Nullable String fault() {
        return fault;
    }
}
