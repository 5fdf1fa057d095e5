package org.talaria.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;

/**
 * Asks for endpoints to be moved (R19): a request in the region's header, which the workers meet between their turns. One of them does it ({@code native/src/dispatch/move.cpp},
 * {@link JavaMover}). One request at a time; any thread but a handler's.
 */
final class Moves {
    /** So long nobody but a mover takes the two shards, that they are free at one moment; then all do for as long as some pauses last. */
    private static final long RESERVED_NS = 200_000;

    private static final int PAUSES = 20;

    private final Engine engine;
    private final long header;
    private final ReentrantLock asking = new ReentrantLock();

    Moves(Engine engine) {
        this.engine = engine;
        header = engine.region().address();
    }

    /** Whether a mover is asked for. */
    boolean asked() {
        return Mem.getIntVolatile(header + RegionDescriptor.MOVE_STATE_OFFSET) == RegionDescriptor.MOVE_ASKED;
    }

    /** See {@link org.talaria.Talaria#move}. */
    boolean move(Cell<?> cell, int to) {
        return move(cell, to, engine.blockDeadlineNs(), "by hand");
    }

    /** The same with a deadline, and why: for who looks at the counters. */
    boolean move(Cell<?> cell, int to, long deadlineNs, String why) {
        if (engine.senders().current().turn() != null) {
            throw new IllegalStateException("move() waits for this handler's turn: move from a thread of your own");
        }
        if (asking.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "move() in a listener or completion that another move() has come to run: move from a thread of your own");
        }
        // A claim of this thread that is open for a stack that ended would keep the mover waiting
        engine.senders().current().recover();
        if (!lives(cell)) {
            return false;
        }
        int now = cell.shard();
        if (!engine.lifecycle().mayMove(now, to)) {
            throw new IllegalArgumentException(
                    "shard " + to + " is not of the group of " + cell.endpointName() + ", which lives on shard " + now
                            + ": an endpoint moves among the shards of its group that workers drain");
        }
        long start = System.nanoTime();
        // Who holds it may need this thread's laps
        while (!asking.tryLock()) {
            if (System.nanoTime() - start >= deadlineNs) {
                return false;
            }
            engine.pause();
        }
        try {
            int from = cell.shard();
            return lives(cell) && (from == to || move(cell, from, to, deadlineNs, why));
        } finally {
            asking.unlock();
        }
    }

    private static boolean lives(Cell<?> cell) {
        return HomeWord.half(Mem.getLongVolatile(cell.row())) == cell.liveHalf();
    }

    private boolean move(Cell<?> cell, int from, int to, long deadlineNs, String why) {
        if (!engine.lifecycle().opened(to)) {
            return false;
        }
        // Before a record of the new shard can be in the journal
        engine.journal(new JournalEntry.EndpointMoves(cell.index(), cell.generation(), from, to, begins(to)));
        Mem.putInt(header + RegionDescriptor.MOVE_ENDPOINT_OFFSET, cell.index());
        Mem.putInt(header + RegionDescriptor.MOVE_GENERATION_OFFSET, cell.generation());
        Mem.putInt(header + RegionDescriptor.MOVE_FROM_OFFSET, from);
        Mem.putInt(header + RegionDescriptor.MOVE_TO_OFFSET, to);
        reserve();
        // seq_cst: releases the words before, and comes before the look at who is parked (R6)
        Mem.putIntVolatile(header + RegionDescriptor.MOVE_STATE_OFFSET, RegionDescriptor.MOVE_ASKED);
        boolean moved = false;
        try {
            moved = await(deadlineNs);
        } finally {
            // Nobody waits any more: a lap that was done here may have thrown
            Mem.casInt(
                    header + RegionDescriptor.MOVE_STATE_OFFSET,
                    RegionDescriptor.MOVE_ASKED,
                    RegionDescriptor.MOVE_NONE);
        }
        if (moved) {
            engine.lifecycle().moved(from, to);
            engine.counters().moved(cell.endpointName(), from, to, why);
        }
        return moved;
    }

    /**
     * What came of its stays there before was drained when it left. Not the lanes' tails: a claim of before, whose second read of the home word (R15) comes when it is back, is of
     * the stay that begins now.
     */
    private List<Long> begins(int shard) {
        List<Long> begins = new ArrayList<>();
        for (int priority = 0; priority < LanePlan.PRIORITIES; priority++) {
            long lane = engine.laneAddress(engine.lanes().laneOf(shard, priority));
            begins.add(Mem.getLongVolatile(lane + ShardDescriptor.DRAINED_OFFSET));
        }
        return begins;
    }

    private void reserve() {
        Mem.putLongVolatile(header + RegionDescriptor.MOVE_UNTIL_NS_OFFSET, System.nanoTime() + RESERVED_NS);
    }

    private boolean await(long deadlineNs) {
        long state = header + RegionDescriptor.MOVE_STATE_OFFSET;
        long start = System.nanoTime();
        boolean interrupted = false;
        for (int pauses = 1; ; pauses++) {
            engine.board().wakeAll();
            int result = Mem.getIntVolatile(state);
            if (result != RegionDescriptor.MOVE_ASKED && result != RegionDescriptor.MOVE_MOVING) {
                Mem.putIntVolatile(state, RegionDescriptor.MOVE_NONE);
                restore(interrupted);
                return result == RegionDescriptor.MOVE_MOVED;
            }
            boolean late = System.nanoTime() - start >= deadlineNs;
            if ((late || engine.ended())
                    && Mem.casInt(state, RegionDescriptor.MOVE_ASKED, RegionDescriptor.MOVE_NONE)) {
                restore(interrupted);
                return false;
            }
            // It would not park any more
            interrupted |= Thread.interrupted();
            if (pauses % PAUSES == 0) {
                reserve();
            }
            engine.pause();
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
