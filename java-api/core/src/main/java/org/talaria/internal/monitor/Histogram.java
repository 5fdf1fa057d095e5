package org.talaria.internal.monitor;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.SampleDescriptor;

/** Messages by the power of two of the nanoseconds that they took, as read once. Immutable. */
final class Histogram {
    private final long[] counts = new long[SampleDescriptor.BUCKETS];
    private final long all;

    Histogram(long address) {
        long sum = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] = Mem.getLongVolatile(address + 8L * bucket);
            sum += counts[bucket];
        }
        all = sum;
    }

    /** The upper end of the bucket in which that many of a hundred lie, 1 … 100; 0 where there is none. */
    long percentileNs(int percent) {
        if (all <= 0) {
            return 0;
        }
        // Rounded up: of one message every percentile is that one
        long rank = (all * percent + 99) / 100;
        long below = 0;
        int bucket = 0;
        while (bucket < counts.length - 1 && below + counts[bucket] < rank) {
            below += counts[bucket];
            bucket++;
        }
        return 2L << bucket;
    }
}
