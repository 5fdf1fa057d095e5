package org.talaria.journal.write;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;

/**
 * Finds the committed records that lie one behind the other in a ring, from a position on. A positive length proves nothing beyond the tail: it may
 * be of the last lap. So nothing at or beyond the given limit is looked at. One thread.
 */
final class Walk {
    private int ringBytes;
    private int bodyBytes;

    /**
     * Walks from {@code position} while records are committed, the ring does not wrap, and they fit in {@code mostBytes} (the first one always does).
     *
     * @param data start of the ring
     * @param limit an acquired tail
     */
    void from(long data, int capacity, long position, long limit, int mostBytes) {
        long start = data + (position & capacity - 1);
        long available = Math.min(limit - position, capacity - (position & capacity - 1));
        int offset = 0;
        bodyBytes = 0;
        while (offset < available) {
            int length = Mem.getIntVolatile(start + offset);
            if (length <= 0) {
                break;
            }
            int space = RingDescriptor.align8(length);
            // Padding that ends a block is cut to its header: it has nothing to say and may be an eighth of the ring.
            boolean padding = Mem.getInt(start + offset + 4) == RingDescriptor.PADDING_TYPE;
            int kept = padding ? RingDescriptor.ALIGNMENT : space;
            if (offset > 0 && offset + kept > mostBytes) {
                break;
            }
            bodyBytes = offset + kept;
            offset += space;
            if (kept < space && offset > mostBytes) {
                break;
            }
        }
        ringBytes = offset;
    }

    /** Bytes of the ring that were walked over. */
    int ringBytes() {
        return ringBytes;
    }

    /** Bytes to be kept of them: less, where the last record is padding. */
    int bodyBytes() {
        return bodyBytes;
    }
}
