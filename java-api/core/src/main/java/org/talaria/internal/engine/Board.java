package org.talaria.internal.engine;

import static org.talaria.internal.memory.ShardDescriptor.STATE_IDLE;
import static org.talaria.internal.memory.ShardDescriptor.STATE_READY;

import java.util.function.IntConsumer;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.Region;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;

/** The state words of the shards (R1) and the set of parked workers (R6), as producers use them. Any thread. */
final class Board {
    private final long states;
    private final long parkedAddress;
    private final long scanAddress;
    private final long activeAddress;
    private final int workerShards;
    private final int workers;
    private final boolean stealing;
    private final IntConsumer unpark;
    private final IntConsumer ready;

    /** @param unpark wakes a worker that was taken out of the parked set; @param ready told of a receiver's shard that became READY */
    Board(Region region, int workerShards, int workers, IntConsumer unpark, IntConsumer ready) {
        this(
                region.section(RegionDescriptor.SECTION_BOARD),
                region.address() + RegionDescriptor.PARKED_OFFSET,
                region.address() + RegionDescriptor.SCAN_SHARDS_OFFSET,
                region.address() + RegionDescriptor.ACTIVE_WORKERS_OFFSET,
                workerShards,
                workers,
                (Mem.getInt(region.address() + RegionDescriptor.FLAGS_OFFSET) & RegionDescriptor.FLAG_NO_STEALING) == 0,
                unpark,
                ready);
    }

    /** Of state words and a parked set anywhere: jcstress makes millions of them. */
    Board(
            long states,
            long parkedAddress,
            long scanAddress,
            long activeAddress,
            int workerShards,
            int workers,
            boolean stealing,
            IntConsumer unpark,
            IntConsumer ready) {
        this.states = states;
        this.parkedAddress = parkedAddress;
        this.scanAddress = scanAddress;
        this.activeAddress = activeAddress;
        this.workerShards = workerShards;
        this.workers = workers;
        this.stealing = stealing;
        this.unpark = unpark;
        this.ready = ready;
    }

    /** Address of a shard's state word. */
    long address(int shard) {
        return states + shard * 4L;
    }

    /** Whether any shard of the workers is READY and not owned: a hint. Two words at a time. */
    boolean anyReady() {
        int scan = Mem.getInt(scanAddress);
        long last = states + 4L * (scan - 1);
        for (long pair = states; pair < last; pair += 8) {
            long two = Mem.getLongVolatile(pair);
            if ((int) two == STATE_READY || (int) (two >>> 32) == STATE_READY) {
                return true;
            }
        }
        return (scan & 1) != 0 && Mem.getIntVolatile(last) == STATE_READY;
    }

    /** Looks at a shard's state word behind a full fence, after something was committed there (R1, R3). */
    void published(int shard) {
        // R3: orders the commit before the look; pairs with the drainer's compare-and-set that takes and leaves the
        // shard
        Mem.fullFence();
        look(shard);
    }

    /**
     * The same after a commit of an outside sender. While the shard's drainer has said so the fence is left out: it makes up for it by a membarrier before it leaves
     * (BOARD-4), and only a compiler must be kept from swapping commit and look.
     */
    void publishedOutside(int shard, long shardBlock) {
        Mem.releaseFence();
        // Pairs with the drainer's seq_cst stores of the word
        if (Mem.getIntVolatile(shardBlock + ShardDescriptor.UNFENCED_OFFSET) == 0) {
            Mem.fullFence();
        }
        look(shard);
    }

    /** The look itself: whoever turns an unowned shard READY wakes one drainer. */
    void look(int shard) {
        long state = address(shard);
        if ((Mem.getIntVolatile(state) & STATE_READY) == 0 && Mem.getAndOrInt(state, STATE_READY) == STATE_IDLE) {
            wake(shard);
        }
    }

    /** Somebody is to drain a shard that is READY and unowned. */
    void wake(int shard) {
        if (shard < workerShards) {
            wakeOne(home(shard));
        } else {
            ready.accept(shard);
        }
    }

    /** The worker that a shard is at home on, of those that do not rest. */
    private int home(int shard) {
        int home = shard % workers;
        int active = Mem.getIntVolatile(activeAddress);
        return home < active || active == 0 ? home : home % active;
    }

    /** Wakes every parked worker: there is something that any of them may do. */
    void wakeAll() {
        long parked = Mem.getLongVolatile(parkedAddress);
        while (parked != 0) {
            long one = Long.lowestOneBit(parked);
            if (Mem.casLong(parkedAddress, parked, parked & ~one)) {
                unpark.accept(Long.numberOfTrailingZeros(one));
            }
            parked = Mem.getLongVolatile(parkedAddress);
        }
    }

    /** Takes one worker out of the parked set, the home worker if it is there, and unparks it. */
    private void wakeOne(int homeWorker) {
        while (true) {
            // seq_cst: pairs with the worker's join, after which it looks at all state words once more (R6)
            long parked = Mem.getLongVolatile(parkedAddress);
            long home = 1L << homeWorker;
            // Who may not steal would find nothing; a home worker that is not parked looks before it parks (R6)
            if (parked == 0 || (!stealing && (parked & home) == 0)) {
                return;
            }
            long one = (parked & home) != 0 ? home : Long.lowestOneBit(parked);
            if (Mem.casLong(parkedAddress, parked, parked & ~one)) {
                unpark.accept(Long.numberOfTrailingZeros(one));
                return;
            }
        }
    }
}
