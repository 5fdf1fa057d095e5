package org.talaria.tests.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.internal.memory.Mem;

/**
 * Off-heap memory for states: jcstress makes millions of them, and none says when it is done. Slots are used again after all others were, by
 * which time their state is long gone.
 */
final class Slab {
    /** Bytes a slot: a ring of 128 bytes, its trailer of 768, a line for words and the first line of a shard's block. */
    static final int SLOT_BYTES = 1_024;

    private static final int SLOTS = 1 << 17;
    private static final long MEMORY = (Mem.allocate((long) SLOTS * SLOT_BYTES + 64) + 63) & -64;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Slab() {}

    /** A zeroed slot. */
    static long slot() {
        long at = MEMORY + (long) (NEXT.getAndIncrement() & SLOTS - 1) * SLOT_BYTES;
        Mem.zero(at, SLOT_BYTES);
        return at;
    }
}
