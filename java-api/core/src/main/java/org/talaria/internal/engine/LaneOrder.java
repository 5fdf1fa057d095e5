package org.talaria.internal.engine;

import java.util.function.IntPredicate;
import org.talaria.internal.memory.LanePlan;

/**
 * Which lane of a shard is served next, and how much of it (C5): the highest where messages wait; but of {@code lowerLaneEvery} messages one is of each lower lane that
 * waits. Earliest deadline first: the lane that is due as number <i>j</i> must be able to wait for <i>j</i> others. The Java engine's drainer;
 * {@code native/src/dispatch/lanes.cpp} does the same.
 */
final class LaneOrder {
    /** Most messages of a lane before the others are looked at again. */
    private static final int LANE_BATCH = 128;

    /** More than {@code lowerLaneEvery} can be. */
    private static final int LONGEST = 1 << 21;

    private final int every;
    /** Lanes of a shard, the lowest first. */
    private final int[][] lanes;
    /** By lane: messages of others served while it had some waiting. */
    private final int[] passed;

    private final int[] longest = new int[LanePlan.PRIORITIES];

    private int chosen;
    private int most;

    LaneOrder(Engine engine) {
        LanePlan plan = engine.lanes();
        every = engine.config().lowerLaneEvery();
        passed = new int[plan.lanes()];
        lanes = new int[plan.shards()][];
        for (int shard = 0; shard < lanes.length; shard++) {
            lanes[shard] = new int[plan.lanesOf(shard)];
            int count = 0;
            for (int p = 0; p < LanePlan.PRIORITIES; p++) {
                if (p == 0 || plan.laneOf(shard, p) != plan.laneOf(shard, p - 1)) {
                    lanes[shard][count++] = plan.laneOf(shard, p);
                }
            }
        }
    }

    /** The lanes of a shard. */
    int[] of(int shard) {
        return lanes[shard];
    }

    /** Chooses. @return false if nothing waits */
    boolean next(int shard, int atMost, IntPredicate waits) {
        int[] of = lanes[shard];
        int highest = -1;
        int lower = 0;
        for (int i = of.length - 1; i >= 0; i--) {
            if (!waits.test(of[i])) {
                passed[of[i]] = 0;
            } else if (highest < 0) {
                highest = i;
            } else {
                insert(of, lower++, i);
            }
        }
        chosen = highest;
        most = Math.min(atMost, LANE_BATCH);
        for (int j = 0; j < lower; j++) {
            int slack = every - 1 - passed[of[longest[j]]] - j;
            if (slack <= 0) {
                chosen = longest[0];
                most = 1;
                break;
            }
            most = Math.min(most, slack);
        }
        return highest >= 0;
    }

    /** Keeps the lower lanes that wait in the order of how long they have. */
    private void insert(int[] of, int count, int lane) {
        int at = count;
        while (at > 0 && passed[of[longest[at - 1]]] < passed[of[lane]]) {
            longest[at] = longest[at - 1];
            at--;
        }
        longest[at] = lane;
    }

    /** The lane chosen. */
    int lane(int shard) {
        return lanes[shard][chosen];
    }

    /** How many messages of it. */
    int most() {
        return most;
    }

    /** So many messages of the lane chosen were served: it counts anew, and the others count them. */
    void served(int shard, int records) {
        if (records == 0) {
            return;
        }
        int[] of = lanes[shard];
        for (int lane : of) {
            passed[lane] = Math.min(passed[lane] + records, LONGEST);
        }
        passed[of[chosen]] = 0;
    }
}
