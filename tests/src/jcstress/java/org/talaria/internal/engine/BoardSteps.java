package org.talaria.internal.engine;

import java.util.function.IntConsumer;

/** The engine's own look after a commit, for jcstress: its class is seen by its package only. Of one shard. */
public final class BoardSteps {
    private final Board board;
    private final long shardBlock;

    /** On a state word, a parked set of one worker and a shard's block. */
    public BoardSteps(long state, long parked, long shardBlock, IntConsumer unpark) {
        board = new Board(state, parked, parked, parked, 1, 1, true, unpark, shard -> {});
        this.shardBlock = shardBlock;
    }

    /** Fence and look. */
    public void published() {
        board.published(0);
    }

    /** The same of an outside sender, who leaves its fence out while the shard's word says so. */
    public void publishedOutside() {
        board.publishedOutside(0, shardBlock);
    }
}
