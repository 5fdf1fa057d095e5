package org.talaria.internal.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.talaria.ShardGroup;
import org.talaria.ShardGroup.Kind;
import org.talaria.TalariaConfig;

/**
 * Which shards there are, group by group. In front the engine's own, then groups that workers drain, then those for dedicated endpoints: workers look at these alone. Behind them those
 * that receivers drain. Immutable.
 */
public final class ShardPlan {
    /** Name of the group that {@code talaria.mainThread()} drains. */
    public static final String MAIN = "main";

    /** Shards for one endpoint each. */
    public static final String DEDICATED = "(dedicated)";

    /** Shards for one receiver each. */
    public static final String RECEIVERS = "(receivers)";

    private final List<Group> groups = new ArrayList<>();
    private final int own;
    private final int workerShards;
    private int shards;

    /**
     * A group's place.
     *
     * @param spec what it is
     * @param first its first shard
     */
    public record Group(ShardGroup spec, int first) {
        /** The shard behind its last. */
        public int end() {
            return first + spec.shards();
        }
    }

    /** Of a configuration with a number of workers. */
    public ShardPlan(TalariaConfig config, int workers) {
        own = config.shards() > 0 ? config.shards() : Math.min(1_024, 16 * workers);
        shards = own;
        config.groups().stream().filter(group -> group.kind() == Kind.WORKERS).forEach(this::add);
        if (config.dedicatedShards() > 0) {
            add(ShardGroup.named(DEDICATED).shards(config.dedicatedShards()));
        }
        workerShards = shards;
        if (config.groups().stream().noneMatch(group -> group.name().equals(MAIN))) {
            add(ShardGroup.named(MAIN).drainedByCaller());
        }
        config.groups().stream().filter(group -> group.kind() != Kind.WORKERS).forEach(this::add);
        if (config.receivers() > 0) {
            add(ShardGroup.named(RECEIVERS).shards(config.receivers()).drainedByCaller());
        }
    }

    private void add(ShardGroup group) {
        groups.add(new Group(group, shards));
        shards += group.shards();
    }

    /** Lanes of each shard; {@code ownLanes} for the engine's own. */
    public LanePlan lanes(int ownLanes) {
        int[] lanes = new int[shards];
        Arrays.fill(lanes, 0, own, ownLanes);
        for (Group group : groups) {
            Arrays.fill(lanes, group.first(), group.end(), group.spec().lanes());
        }
        return new LanePlan(lanes);
    }

    /** Whether a group's name is of the engine's own making. */
    public static boolean isReserved(String name) {
        return name.startsWith("(");
    }

    /** The engine's own shards, from 0. */
    public int own() {
        return own;
    }

    /** Shards that workers may drain, from 0. */
    public int workerShards() {
        return workerShards;
    }

    /** All. */
    public int shards() {
        return shards;
    }

    /** Shards that receivers drain, behind the others. */
    public int receiverShards() {
        return shards - workerShards;
    }

    /** The groups beside the engine's own shards. */
    public List<Group> groups() {
        return List.copyOf(groups);
    }
}
