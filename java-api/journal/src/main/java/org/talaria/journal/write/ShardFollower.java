package org.talaria.journal.write;

import java.io.IOException;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.journal.store.ExcerptDescriptor;

/** Follows one shard's ring from {@code journaled} to the last committed record (R21). The journaler's thread. */
final class ShardFollower {
    /** A block ends here, or behind its first record. */
    static final int BLOCK_BYTES = 256 << 10;

    private final int shard;
    private final JournalSource source;
    private final long data;
    private final int capacity;
    private final long openedAddress;
    private final long tailAddress;
    private final long journaledAddress;
    private final long drainedAddress;
    private final long handledAddress;
    private final long deadAddress;
    private final Walk walk = new Walk();
    private long journaled;

    ShardFollower(int shard, RegionView region, JournalSource source) {
        this.shard = shard;
        this.source = source;
        data = region.ring(shard);
        capacity = region.ringCapacity(shard);
        openedAddress = region.shard(shard) + ShardDescriptor.LANES_OFFSET;
        tailAddress = data + capacity + RingDescriptor.TAIL_OFFSET;
        journaledAddress = region.shard(shard) + ShardDescriptor.JOURNALED_OFFSET;
        drainedAddress = region.shard(shard) + ShardDescriptor.DRAINED_OFFSET;
        handledAddress = region.shard(shard) + ShardDescriptor.HANDLED_OFFSET;
        deadAddress = region.shard(shard) + ShardDescriptor.DEAD_OFFSET;
        journaled = Mem.getLongVolatile(journaledAddress);
    }

    /** Looks how far records are committed; true if there is something to write. */
    boolean look() {
        long tail = tail();
        if (tail == journaled) {
            return false;
        }
        walk.from(data, capacity, journaled, tail, BLOCK_BYTES);
        return walk.ringBytes() > 0;
    }

    /** Writes what the last {@link #look} found and publishes the position. */
    void write(ExcerptWriter writer) throws IOException {
        long to = journaled + walk.ringBytes();
        writer.append(
                ExcerptDescriptor.BLOCK, shard, journaled, to, data + (journaled & capacity - 1), walk.bodyBytes());
        journaled = to;
        Mem.putLongVolatile(journaledAddress, to);
        source.journaled(shard);
    }

    /** Position up to which claims were made; 0 as long as the ring has no memory. Any thread. */
    long tail() {
        return Mem.getIntVolatile(openedAddress) == 0 ? 0 : Mem.getLongVolatile(tailAddress);
    }

    /** Position up to which records are published. Any thread. */
    long published() {
        return Mem.getLongVolatile(journaledAddress);
    }

    /** Records that the drainers counted: handled and dead. */
    long counted() {
        return Mem.getLongVolatile(handledAddress) + Mem.getLongVolatile(deadAddress);
    }

    /** Position up to which records were handled. Any thread. */
    long drained() {
        return Mem.getLongVolatile(drainedAddress);
    }
}
