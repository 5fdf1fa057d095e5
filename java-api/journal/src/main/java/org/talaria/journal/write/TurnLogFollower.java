package org.talaria.journal.write;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.journal.store.ExcerptDescriptor;

/** The one consumer of a worker's turn log: copies entries into the journal, then gives their space back. The journaler's thread. */
final class TurnLogFollower {
    private final int worker;
    private final long data;
    private final int capacity;
    private final long activeAddress;
    private final long tailAddress;
    private final long headAddress;
    private final Walk walk = new Walk();

    TurnLogFollower(int worker, RegionView region) {
        this.worker = worker;
        data = region.turnLog(worker);
        capacity = region.turnLogCapacity();
        activeAddress = region.worker(worker) + WorkerDescriptor.ACTIVE_OFFSET;
        tailAddress = data + capacity + RingDescriptor.TAIL_OFFSET;
        headAddress = data + capacity + RingDescriptor.HEAD_OFFSET;
    }

    /** Writes all that is there now, at most one lap of the log; true if there was anything. */
    boolean write(ExcerptWriter writer, @Nullable LoggedTurns logged) throws IOException {
        if (Mem.getIntVolatile(activeAddress) == 0) {
            return false;
        }
        long limit = Mem.getLongVolatile(tailAddress);
        long head = Mem.getLong(headAddress);
        boolean any = false;
        while (head < limit) {
            walk.from(data, capacity, head, limit, ShardFollower.BLOCK_BYTES);
            int bytes = walk.ringBytes();
            if (bytes == 0) {
                break;
            }
            long at = data + (head & capacity - 1);
            if (logged != null) {
                logged.read(at, walk.bodyBytes());
            }
            writer.append(ExcerptDescriptor.TURNS, worker, head, head + bytes, at, walk.bodyBytes());
            Mem.zero(at, bytes);
            head += bytes;
            Mem.putLongOrdered(headAddress, head);
            any = true;
        }
        return any;
    }
}
