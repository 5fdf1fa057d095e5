package org.talaria;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.settings.Setting;
import org.talaria.journal.Journal;

/** What a {@link TalariaConfig} says, which alone changes it. Defaults are those of {@link Setting}. */
abstract class ConfigValues {
    EngineKind engine = Setting.ENGINE.preset(EngineKind.class);
    int workers = Setting.WORKERS.presetInt();
    int leastWorkers = Setting.LEAST_WORKERS.presetInt();

    int shards = Setting.SHARDS.presetInt();
    int lanes = Setting.LANES.presetInt();
    int lowerLaneEvery = Setting.LOWER_LANE_EVERY.presetInt();
    List<ShardGroup> groups = List.of();
    int dedicatedShards = Setting.DEDICATED_SHARDS.presetInt();
    int receivers = Setting.RECEIVERS.presetInt();
    boolean stealing = Setting.STEALING.presetSwitch();
    boolean balancing = Setting.BALANCING.presetSwitch();
    boolean invoker = Setting.INVOKER.presetSwitch();
    TalariaClock clock = TalariaClock.SYSTEM;
    long ringMemoryBytes = Setting.RING_MEMORY_BYTES.preset();
    int ringCapacityBytes = Setting.RING_CAPACITY_BYTES.presetInt();
    int maxMessageBytes = Setting.MAX_MESSAGE_BYTES.presetInt();
    int maxEndpoints = Setting.MAX_ENDPOINTS.presetInt();
    int waiters = Setting.WAITERS.presetInt();
    int joins = Setting.JOINS.presetInt();
    int batchRecords = Setting.BATCH_RECORDS.presetInt();
    int blockBytes = Setting.BLOCK_BYTES.presetInt();
    Duration patience = Setting.PATIENCE.presetTime();
    IdleStrategy idle = IdleStrategy.backoff();
    Duration blockDeadline = Setting.BLOCK_DEADLINE.presetTime();
    Duration closeDeadline = Setting.CLOSE_DEADLINE.presetTime();
    Duration stallThreshold = Setting.STALL_THRESHOLD.presetTime();
    BackPressure backPressure = Setting.BACK_PRESSURE.preset(BackPressure.class);
    Map<Priority, BackPressure> backPressures = Map.of();
    long overflowHardBytes = Setting.OVERFLOW_HARD_BYTES.preset();
    boolean shutdownHook = Setting.SHUTDOWN_HOOK.presetSwitch();

    @Nullable
    Path regionFolder;

    @Nullable
    Journal journal;

    @Nullable
    Consumer<DeadLetter> onDeadLetter;

    @Nullable
    Consumer<EngineError> onError;

    @Nullable
    Consumer<WaterMark> onWaterMark;

    double highWater;
    double lowWater;

    public EngineKind engine() {
        return engine;
    }

    public int workers() {
        return workers;
    }

    /** 0 = as many as {@link #workers()}. */
    public int leastWorkers() {
        return leastWorkers;
    }

    /** 0 = 16 a worker. */
    public int shards() {
        return shards;
    }

    public int lanes() {
        return lanes;
    }

    public int lowerLaneEvery() {
        return lowerLaneEvery;
    }

    public List<ShardGroup> groups() {
        return groups;
    }

    public int dedicatedShards() {
        return dedicatedShards;
    }

    public int receivers() {
        return receivers;
    }

    public boolean stealing() {
        return stealing;
    }

    public boolean balancing() {
        return balancing;
    }

    public boolean isInvoker() {
        return invoker;
    }

    public TalariaClock clock() {
        return clock;
    }

    public long ringMemoryBytes() {
        return ringMemoryBytes;
    }

    /** 0 = from {@link #ringMemoryBytes()}. */
    public int ringCapacityBytes() {
        return ringCapacityBytes;
    }

    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    public int maxEndpoints() {
        return maxEndpoints;
    }

    public int waiters() {
        return waiters;
    }

    public int joins() {
        return joins;
    }

    public int batchRecords() {
        return batchRecords;
    }

    public int blockBytes() {
        return blockBytes;
    }

    public Duration patience() {
        return patience;
    }

    public IdleStrategy idle() {
        return idle;
    }

    public Duration blockDeadline() {
        return blockDeadline;
    }

    public Duration closeDeadline() {
        return closeDeadline;
    }

    public Duration stallThreshold() {
        return stallThreshold;
    }

    public BackPressure backPressure() {
        return backPressure;
    }

    /** The policy of a priority's messages to endpoints that have none of their own. */
    public BackPressure backPressureAt(Priority priority) {
        return backPressures.getOrDefault(priority, backPressure);
    }

    public long overflowHardBytes() {
        return overflowHardBytes;
    }

    public boolean shutdownHook() {
        return shutdownHook;
    }

    public @Nullable Path regionFolder() {
        return regionFolder;
    }

    public @Nullable Journal journal() {
        return journal;
    }

    /** Null: they are logged. */
    public @Nullable Consumer<DeadLetter> onDeadLetter() {
        return onDeadLetter;
    }

    /** Null: they are logged. */
    public @Nullable Consumer<EngineError> onError() {
        return onError;
    }

    /** Null: nobody looks. */
    public @Nullable Consumer<WaterMark> onWaterMark() {
        return onWaterMark;
    }

    /** Share of a ring, where there is a listener. */
    public double highWater() {
        return highWater;
    }

    /** Share of a ring, where there is a listener. */
    public double lowWater() {
        return lowWater;
    }
}
