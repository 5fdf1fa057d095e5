package org.talaria.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ActorOptions.Placement;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RegionLayout;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.ShardPlan;

/** On which shard a new endpoint lives (design section 8). Under the control lock. */
final class Placing {
    private final Engine engine;
    private final ShardPlan plan;
    private final Map<String, Range> ranges = new HashMap<>();
    /** Shards for one endpoint each that none has. */
    private final Map<String, ArrayDeque<Integer>> free = new HashMap<>();

    private final int[] endpoints;
    private final long[] lastCounts;

    /** Shards of a group; {@code next} is whose turn it is. */
    private static final class Range {
        final int first;
        final int count;
        int next;

        Range(int first, int count) {
            this.first = first;
            this.count = count;
        }
    }

    Placing(Engine engine) {
        this.engine = engine;
        plan = engine.layout().plan();
        endpoints = new int[plan.shards()];
        lastCounts = new long[plan.shards()];
        ranges.put("", new Range(0, plan.own()));
        for (ShardPlan.Group group : plan.groups()) {
            String name = group.spec().name();
            ranges.put(name, new Range(group.first(), group.spec().shards()));
            if (name.equals(ShardPlan.DEDICATED) || name.equals(ShardPlan.RECEIVERS)) {
                ArrayDeque<Integer> all = new ArrayDeque<>();
                for (int shard = group.first(); shard < group.end(); shard++) {
                    all.add(shard);
                }
                free.put(name, all);
            }
        }
    }

    /** Chooses; the shard has memory when this returns. */
    int place(String name, ActorOptions options, @Nullable Cell<?> parent) {
        int shard = choose(name, options, parent);
        endpoints[shard]++;
        boolean open = false;
        try {
            open(shard);
            open = true;
        } finally {
            if (!open) {
                leave(shard);
                free(shard);
            }
        }
        return shard;
    }

    /** Takes memory for a shard that is set apart and was not used yet, and what its drainer needs: before an endpoint is placed there. */
    void open(int shard) {
        if (Mem.getInt(engine.laneAddress(shard) + ShardDescriptor.LANES_OFFSET) != 0) {
            return;
        }
        RegionLayout layout = engine.layout();
        List<Integer> lanes = new ArrayList<>();
        for (int lane = 0; lane < engine.lanes().lanes(); lane++) {
            if (engine.lanes().shardOf(lane) == shard) {
                long bytes = RingDescriptor.strideBytes(layout.ringCapacity());
                engine.region().reserveSpare(layout.ringOffset(lane), bytes, "the ring of one more shard");
                engine.openRing(lane);
                lanes.add(lane);
            }
        }
        if (shard < plan.workerShards()) {
            scan(shard);
        } else {
            openReceiver(shard, layout);
        }
        for (int lane : lanes) {
            Mem.putIntVolatile(engine.laneAddress(lane) + ShardDescriptor.LANES_OFFSET, lanes.size());
        }
    }

    private void scan(int shard) {
        long scan = engine.region().address() + RegionDescriptor.SCAN_SHARDS_OFFSET;
        Mem.putIntVolatile(scan, Math.max(Mem.getInt(scan), shard + 1));
    }

    private void openReceiver(int shard, RegionLayout layout) {
        int worker = layout.workers() + shard - plan.workerShards();
        if (engine.journaled()) {
            long bytes = RingDescriptor.strideBytes(layout.turnLogCapacity());
            engine.region().reserveSpare(layout.turnLogOffset(worker), bytes, "the turn log of one more receiver");
        }
        engine.openDrainer(worker);
        engine.receivers().open(shard, worker);
    }

    /** An endpoint has left its shard. A dedicated one may have another then; a receiver's when it is drained as well, see {@link #free}. */
    void leave(int shard) {
        if (--endpoints[shard] == 0 && isIn(ShardPlan.DEDICATED, shard)) {
            free.get(ShardPlan.DEDICATED).add(shard);
        }
    }

    /** Whether both are of one group that workers drain, and which is not for one endpoint each. */
    boolean ofOneGroup(int from, int to) {
        for (Map.Entry<String, Range> group : ranges.entrySet()) {
            Range range = group.getValue();
            if (from >= range.first && from < range.first + range.count) {
                return to >= range.first
                        && to < range.first + range.count
                        && to < plan.workerShards()
                        && !group.getKey().equals(ShardPlan.DEDICATED);
            }
        }
        return false;
    }

    /** An endpoint has moved between shards of one group. */
    void moved(int from, int to) {
        endpoints[from]--;
        endpoints[to]++;
    }

    /** A receiver's shard has nothing of its last endpoint any more. */
    void free(int shard) {
        if (endpoints[shard] == 0 && isIn(ShardPlan.RECEIVERS, shard)) {
            free.get(ShardPlan.RECEIVERS).add(shard);
        }
    }

    private boolean isIn(String group, int shard) {
        Range range = ranges.get(group);
        return range != null && shard >= range.first && shard < range.first + range.count;
    }

    private int choose(String name, ActorOptions options, @Nullable Cell<?> parent) {
        if (options.placement() == Placement.EXPLICIT) {
            if (options.shard() >= plan.own()) {
                throw new IllegalArgumentException(
                        "shard " + options.shard() + " is out of range: this engine has " + plan.own());
            }
            return options.shard();
        }
        if (options.placement() == Placement.DEDICATED) {
            return one(ShardPlan.DEDICATED, "dedicated", "dedicatedShards");
        }
        if (options.group().equals(ShardPlan.RECEIVERS)) {
            return one(ShardPlan.RECEIVERS, "receivers", "receivers");
        }
        Range range = ranges.get(options.group());
        if (range == null || options.group().equals(ShardPlan.DEDICATED)) {
            throw new IllegalArgumentException("there is no shard group " + options.group() + " to place " + name
                    + " in: open with config().group(ShardGroup.named(\"" + options.group() + "\")…)");
        }
        return switch (options.placement()) {
            case HASH -> range.first + Math.floorMod(spread(name.hashCode()), range.count);
            case LEAST_LOADED -> leastLoaded(range);
            default -> parent != null && options.group().isEmpty() ? parent.shard() : next(range);
        };
    }

    private int one(String group, String what, String setting) {
        ArrayDeque<Integer> of = free.get(group);
        Integer shard = of == null ? null : of.poll();
        if (shard == null) {
            throw new TalariaException("all " + (of == null ? 0 : ranges.get(group).count) + " " + what
                    + " shards are in use: stop an endpoint that has one, or open with more by " + setting + "(…)");
        }
        return shard;
    }

    private static int next(Range range) {
        int shard = range.first + range.next;
        range.next = range.next + 1 == range.count ? 0 : range.next + 1;
        return shard;
    }

    /** Names that differ in their last character only would lie side by side. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }

    /** The shard that handled least since this was asked last; of several the one with fewest endpoints. */
    private int leastLoaded(Range range) {
        int best = range.first;
        long least = Long.MAX_VALUE;
        for (int shard = range.first; shard < range.first + range.count; shard++) {
            long count = handled(shard);
            long lately = count - lastCounts[shard];
            lastCounts[shard] = count;
            if (lately < least || lately == least && endpoints[shard] < endpoints[best]) {
                least = lately;
                best = shard;
            }
        }
        return best;
    }

    private long handled(int shard) {
        LanePlan lanes = engine.lanes();
        long handled = 0;
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            if (lanes.shardOf(lane) == shard) {
                handled += Mem.getLongVolatile(engine.laneAddress(lane) + ShardDescriptor.HANDLED_OFFSET);
            }
        }
        return handled;
    }
}
