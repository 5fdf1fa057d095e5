package org.talaria.internal.engine;

import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;

/** Moves an endpoint between two turns of the Java engine's one worker (R19, R20): what {@code native/src/dispatch/move.cpp} does, where it is told. */
final class JavaMover {
    private static final long BEGUN_AND_IN_PROGRESS = (1L << 32) + 1;

    private final JavaEngine engine;
    private final ShardDrainer drainer;
    private final long header;

    JavaMover(JavaEngine engine, ShardDrainer drainer) {
        this.engine = engine;
        this.drainer = drainer;
        header = engine.region().address();
    }

    void moveIfAsked(Sender sender) {
        long state = header + RegionDescriptor.MOVE_STATE_OFFSET;
        if (Mem.getIntVolatile(state) == RegionDescriptor.MOVE_ASKED
                && Mem.casInt(state, RegionDescriptor.MOVE_ASKED, RegionDescriptor.MOVE_MOVING)) {
            int result = RegionDescriptor.MOVE_ASKED;
            try {
                result = move(
                        engine.cellAt(Mem.getInt(header + RegionDescriptor.MOVE_ENDPOINT_OFFSET)),
                        Mem.getInt(header + RegionDescriptor.MOVE_GENERATION_OFFSET),
                        Mem.getInt(header + RegionDescriptor.MOVE_TO_OFFSET),
                        sender);
            } finally {
                Mem.putIntVolatile(state, result);
            }
        }
    }

    private int move(Cell<?> cell, int generation, int to, Sender sender) {
        long home = Mem.getLongVolatile(cell.row());
        int from = (int) home;
        if (cell.generation() != generation || HomeWord.half(home) != cell.liveHalf()) {
            return RegionDescriptor.MOVE_REFUSED;
        }
        if (from == to) {
            return RegionDescriptor.MOVE_MOVED;
        }
        if (!drainer.takeAny(Math.min(from, to))) {
            return RegionDescriptor.MOVE_ASKED;
        }
        if (!drainer.takeAny(Math.max(from, to))) {
            drainer.leave(Math.min(from, to));
            return RegionDescriptor.MOVE_ASKED;
        }
        try {
            return move(cell, home, to, sender) ? RegionDescriptor.MOVE_MOVED : RegionDescriptor.MOVE_ASKED;
        } finally {
            drainer.leave(from);
            drainer.leave(to);
        }
    }

    private boolean move(Cell<?> cell, long home, int to, Sender sender) {
        int from = (int) home;
        // With all that may throw, in front of the home word's write
        drainer.begin(from);
        if (Mem.getLongVolatile(cell.row()) != home || drainer.claimOpen(from)) {
            return false;
        }
        // MOVE-1: around the home word's write
        Mem.getAndAddLong(header + RegionDescriptor.MOVES_OFFSET, BEGUN_AND_IN_PROGRESS);
        boolean moved = Mem.casLong(cell.row(), home, HomeWord.of(HomeWord.half(home), to));
        Mem.getAndAddLong(header + RegionDescriptor.MOVES_OFFSET, -1);
        if (moved) {
            drainer.empty(from, sender, engine::overflowRecords);
            log(cell, from, to);
            long movedIn = engine.laneAddress(to) + ShardDescriptor.MOVED_IN_OFFSET;
            Mem.putLongOrdered(movedIn, Mem.getLong(movedIn) + 1);
        }
        return moved;
    }

    private void log(Cell<?> cell, int from, int to) {
        TurnLog log = drainer.log();
        if (log != null) {
            long turn = engine.laneAddress(to) + ShardDescriptor.TURN_OFFSET;
            Mem.putLongOrdered(turn, Mem.getLong(turn) + 1);
            log.moved(cell, from, engine.turnNumber(from), to, Mem.getLong(turn));
        }
    }
}
