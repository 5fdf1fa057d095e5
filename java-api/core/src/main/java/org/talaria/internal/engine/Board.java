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
    private final int shards;
    private final int workers;
    private final IntConsumer unpark;

    Board(Region region, int shards, int workers, IntConsumer unpark) {
        this(
                region.section(RegionDescriptor.SECTION_BOARD),
                region.address() + RegionDescriptor.PARKED_OFFSET,
                shards,
                workers,
                unpark);
    }

    /** Of state words and a parked set anywhere: jcstress makes millions of them. */
    Board(long states, long parkedAddress, int shards, int workers, IntConsumer unpark) {
        this.states = states;
        this.parkedAddress = parkedAddress;
        this.shards = shards;
        this.workers = workers;
        this.unpark = unpark;
    }

    /** Address of a shard's state word. */
    long address(int shard) {
        return states + shard * 4L;
    }

    /** Whether any shard is READY and not owned: a hint. Two words at a time; the words behind the last are 0. */
    boolean anyReady() {
        long end = states + 4L * shards;
        for (long pair = states; pair < end; pair += 8) {
            long two = Mem.getLongVolatile(pair);
            if ((int) two == STATE_READY || (int) (two >>> 32) == STATE_READY) {
                return true;
            }
        }
        return false;
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
            wakeOne(shard % workers);
        }
    }

    /** Takes one worker out of the parked set, the home worker if it is there, and unparks it. */
    private void wakeOne(int homeWorker) {
        while (true) {
            // seq_cst: pairs with the worker's join, after which it looks at all state words once more (R6)
            long parked = Mem.getLongVolatile(parkedAddress);
            if (parked == 0) {
                return;
            }
            long home = 1L << homeWorker;
            long one = (parked & home) != 0 ? home : Long.lowestOneBit(parked);
            if (Mem.casLong(parkedAddress, parked, parked & ~one)) {
                unpark.accept(Long.numberOfTrailingZeros(one));
                return;
            }
        }
    }
}
