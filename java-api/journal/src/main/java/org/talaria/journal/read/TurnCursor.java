package org.talaria.journal.read;

import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;

/** Walks the entries of a worker's turn log, padding left out; is itself the view of the current one. Not thread-safe. */
public final class TurnCursor {
    private static final int HEADER = 8;

    private long address;
    private long end;
    private int worker;
    private int type;
    private long payload;
    private int payloadBytes;
    private @Nullable String fault;

    /** A cursor without entries. */
    public TurnCursor() {}

    /** Begins with an excerpt of kind TURNS. */
    public TurnCursor wrap(Excerpt turns) {
        address = turns.body();
        end = address + turns.bodyBytes();
        worker = turns.shard();
        fault = null;
        return this;
    }

    /** Goes to the next entry; false at the end, or where the bytes are no entry ({@link #fault}). */
    public boolean next() {
        while (end - address >= HEADER) {
            int length = Mem.getInt(address);
            type = Mem.getInt(address + 4);
            payload = address + HEADER;
            payloadBytes = length - HEADER;
            boolean padding = type == RingDescriptor.PADDING_TYPE;
            if (length < HEADER
                    || !padding && RingDescriptor.align8(length) > end - address
                    || !padding && payloadBytes < least(type)) {
                fault = "a turn log entry of " + length + " bytes, type " + type;
                return false;
            }
            address = Math.min(end, address + RingDescriptor.align8(length));
            if (!padding) {
                return true;
            }
        }
        return false;
    }

    private static int least(int type) {
        return switch (type) {
            case TurnLogDescriptor.TURN -> TurnLogDescriptor.TURN_BYTES;
            case TurnLogDescriptor.OUTCOME -> TurnLogDescriptor.OUTCOME_BYTES;
            case TurnLogDescriptor.REPLY -> TurnLogDescriptor.REPLY_BYTES;
            case TurnLogDescriptor.DEAD -> TurnLogDescriptor.DEAD_BYTES;
            case TurnLogDescriptor.MOVED -> TurnLogDescriptor.MOVED_BYTES;
            default -> 0;
        };
    }

    /** What stands where an entry should; null if all is well. */
    public @Nullable String fault() {
        return fault;
    }

    /** The worker whose log this is. */
    public int worker() {
        return worker;
    }

    /** A type of {@link TurnLogDescriptor}. */
    public int type() {
        return type;
    }

    /** Start of the entry's fields. */
    public long payload() {
        return payload;
    }

    /** Bytes of the entry's fields. */
    public int payloadBytes() {
        return payloadBytes;
    }

    /** An int field, by its offset in {@link TurnLogDescriptor}. */
    public int intAt(int offset) {
        return Mem.getInt(payload + offset);
    }

    /** A long field, by its offset in {@link TurnLogDescriptor}. */
    public long longAt(int offset) {
        return Mem.getLong(payload + offset);
    }
}
