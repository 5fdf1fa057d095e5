package org.talaria.internal.engine;

import java.util.function.BooleanSupplier;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * Waits until everything accepted before is handled or dead, by the positions of the rings: nothing is sent, and senders notice nothing.
 *
 * <p>In three steps, for an accepted message may be in one of three places: gathered by a handler whose turn goes on (until the end of its segment), in a lane's overflow (until as many
 * have left it as had entered), in a ring (until it is drained that far). One that leaves a place enters the next, so each step looks anew.
 */
final class Barrier {
    private final Engine engine;
    private final LanePlan lanes;
    private final BooleanSupplier waited;

    /** @param waited waits a little; false: wait no longer */
    Barrier(Engine engine, BooleanSupplier waited) {
        this.engine = engine;
        this.waited = waited;
        lanes = engine.lanes();
    }

    /** @return false if it is to wait no longer */
    boolean await() {
        return awaitIntoRings() && awaitRings();
    }

    /** What was accepted before is in the rings, or was there. @return false if it is to wait no longer */
    boolean awaitIntoRings() {
        return awaitTurns() && awaitOverflows();
    }

    /** Turns that go on: what their handlers sent leaves with the end of a segment (P2), which the position tells of where the shard is not left. */
    private boolean awaitTurns() {
        for (int shard = 0; shard < lanes.shards(); shard++) {
            long drained = drained(shard);
            while (owned(shard) && drained(shard) == drained) {
                if (!waited.getAsBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean awaitOverflows() {
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            long entered = counter(lane, ShardDescriptor.SPILLED_OFFSET);
            while (engine.overflowing(lane) && left(lane) < entered) {
                if (!waited.getAsBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Records that have left a lane's overflow; at least so many. */
    private long left(int lane) {
        return counter(lane, ShardDescriptor.SPILLED_OFFSET) - counter(lane, ShardDescriptor.OVERFLOW_RECORDS_OFFSET);
    }

    private boolean awaitRings() {
        long[] tails = new long[lanes.lanes()];
        for (int lane = 0; lane < tails.length; lane++) {
            ClaimRing ring = engine.laneRings()[lane];
            tails[lane] = ring == null ? 0 : ring.tail();
        }
        for (int lane = 0; lane < tails.length; lane++) {
            while (counter(lane, ShardDescriptor.DRAINED_OFFSET) < tails[lane]) {
                if (!waited.getAsBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean owned(int shard) {
        return (Mem.getIntVolatile(engine.stateAddress(shard)) & ShardDescriptor.STATE_OWNED) != 0;
    }

    private long drained(int shard) {
        long drained = 0;
        for (int priority = 0; priority < LanePlan.PRIORITIES; priority++) {
            drained += counter(lanes.laneOf(shard, priority), ShardDescriptor.DRAINED_OFFSET);
        }
        return drained;
    }

    private long counter(int lane, int offset) {
        return Mem.getLongVolatile(engine.laneAddress(lane) + offset);
    }
}
