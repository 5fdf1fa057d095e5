package org.talaria.internal.engine;

import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;

/**
 * DROP_OLDEST (R24): senders take places over the capacity, and ask for as many older messages to be given up, also where the ring itself has no room. Who drains gives up
 * the oldest of the lowest lane where any wait (N8). The holder of the shard.
 */
final class Displacing {
    private final LanePlan lanes;

    Displacing(Engine engine) {
        lanes = engine.lanes();
    }

    /** Whether the record at hand, the oldest of its lane, makes room for a newer one. */
    boolean isDisplaced(Turn turn, Cell<?> cell) {
        int priority = lanes.priorityOf(turn.lane());
        long row = cell.row();
        // acquire: pairs with the senders' additions
        int pending = Mem.getIntVolatile(row + EndpointDescriptor.SKIP_OFFSET)
                - Mem.getInt(row + EndpointDescriptor.SKIPPED_OFFSET);
        return pending > 0
                && cell.policyAt(priority) == Cell.POLICY_DROP_OLDEST
                && pending > waitingBelow(cell, row, priority);
    }

    /** Messages in lower lanes that will make room. */
    private static long waitingBelow(Cell<?> cell, long row, int priority) {
        long waiting = 0;
        for (int p = 0; p < priority; p++) {
            if (cell.policyAt(p) == Cell.POLICY_DROP_OLDEST) {
                waiting += Math.max(
                        0,
                        Mem.getIntVolatile(row + EndpointDescriptor.LANE_SENT_OFFSET + 4L * p)
                                - Mem.getInt(row + EndpointDescriptor.LANE_DONE_OFFSET + 4L * p));
            }
        }
        return waiting;
    }

    /** A record of the lane at hand no longer waits; it is counted in {@code done} already. */
    void done(Turn turn, Cell<?> cell, boolean displaced) {
        if (!cell.displaces()) {
            return;
        }
        long row = cell.row();
        long done = row + EndpointDescriptor.LANE_DONE_OFFSET + 4L * lanes.priorityOf(turn.lane());
        Mem.putInt(done, Mem.getInt(done) + 1);
        if (displaced) {
            long skipped = row + EndpointDescriptor.SKIPPED_OFFSET;
            // release: senders read it before `done`
            Mem.putIntOrdered(skipped, Mem.getInt(skipped) + 1);
        }
    }
}
