package org.talaria.internal.memory;

import org.talaria.Priority;

/**
 * Which lanes there are: a ring with its positions and its overflow each. A lane's number below the number of shards is that shard's own: its lane for NORMAL. The others
 * lie behind, shard by shard.
 *
 * <p>With two lanes HIGH and CRITICAL have one of their own, with three LOW has one too, with four each has. Immutable.
 */
public final class LanePlan {
    /** Priorities. */
    public static final int PRIORITIES = 4;

    private static final int NORMAL = Priority.NORMAL.ordinal();
    /** By lanes a shard, less one: for each priority which of the shard's lanes takes it; 0 is NORMAL's. */
    private static final int[][] OWN = {{0, 0, 0, 0}, {0, 0, 1, 1}, {1, 0, 2, 2}, {1, 0, 2, 3}};

    private final int[] lanesOfShard;
    private final int[][] laneOf;
    private final int[] shardOf;
    private final int[] priorityOf;

    /** Of the lanes that each shard has, 1 … 4. */
    public LanePlan(int... lanesOfShard) {
        this.lanesOfShard = lanesOfShard.clone();
        int shards = lanesOfShard.length;
        int lanes = 0;
        for (int count : lanesOfShard) {
            lanes += count;
        }
        laneOf = new int[PRIORITIES][shards];
        shardOf = new int[lanes];
        priorityOf = new int[lanes];
        int next = shards;
        for (int shard = 0; shard < shards; shard++) {
            place(shard, next);
            next += lanesOfShard[shard] - 1;
        }
    }

    private void place(int shard, int others) {
        int[] own = OWN[lanesOfShard[shard] - 1];
        for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
            int lane = own[priority] == 0 ? shard : others + own[priority] - 1;
            laneOf[priority][shard] = lane;
            shardOf[lane] = shard;
            priorityOf[lane] = lane == shard ? NORMAL : priority;
        }
    }

    /** Shards. */
    public int shards() {
        return lanesOfShard.length;
    }

    /** Lanes of all shards together. */
    public int lanes() {
        return shardOf.length;
    }

    /** Lanes of a shard. */
    public int lanesOf(int shard) {
        return lanesOfShard[shard];
    }

    /** The lane of a shard for messages of a priority. */
    public int laneOf(int shard, int priority) {
        return laneOf[priority][shard];
    }

    /** The shard of a lane. */
    public int shardOf(int lane) {
        return shardOf[lane];
    }

    /** The priority of a lane: of several the lowest, but NORMAL where that is among them. */
    public int priorityOf(int lane) {
        return priorityOf[lane];
    }
}
