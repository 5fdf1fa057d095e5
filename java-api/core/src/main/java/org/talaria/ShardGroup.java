package org.talaria;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Shards set apart, for endpoints placed there by {@link org.talaria.actor.ActorOptions#in}: with lanes of their own, or drained by somebody else than the engine's workers. Immutable.
 *
 * <p>Memory of a group's rings is taken when its first endpoint is made.
 */
public final class ShardGroup {
    /** Who drains a group's shards. */
    public enum Kind {
        /** The engine's workers. */
        WORKERS,
        /** Tasks of an executor. */
        EXECUTOR,
        /** Whoever calls {@link Drainer#drain}. */
        CALLER
    }

    private final String name;
    private final Kind kind;
    private final int shards;
    private final int lanes;
    private final @Nullable Executor executor;

    private ShardGroup(String name, Kind kind, int shards, int lanes, @Nullable Executor executor) {
        this.name = name;
        this.kind = kind;
        this.shards = TalariaConfig.in("shards of group " + name, shards, 1, 256);
        this.lanes = TalariaConfig.in("lanes of group " + name, lanes, 1, 4);
        this.executor = executor;
    }

    /** One shard with one lane, drained by the engine's workers. */
    public static ShardGroup named(String name) {
        return new ShardGroup(name, Kind.WORKERS, 1, 1, null);
    }

    /** With so many shards, 1 … 256: what lives on one never runs at the same time. */
    public ShardGroup shards(int count) {
        return new ShardGroup(name, kind, count, lanes, executor);
    }

    /** With so many lanes each, 1 … 4; see {@link TalariaConfig#lanes}. */
    public ShardGroup lanes(int count) {
        return new ShardGroup(name, kind, shards, count, executor);
    }

    /**
     * Drained by tasks of an executor, for handlers that block: one task a shard at a time, which ends when nothing is left, and after some hundred messages gives way to
     * others. Endpoints are Java ones. The executor is the application's: nobody shuts it down here, and one that rejects a task is asked again a little later.
     * It must not run tasks on the thread that submits them: that is the one which completes asks and runs timers.
     *
     * <p>Virtual threads, where the JDK has them: {@code Executors.newVirtualThreadPerTaskExecutor()}; a window's thread: {@code SwingUtilities::invokeLater}.
     */
    public ShardGroup drainedBy(Executor tasks) {
        return new ShardGroup(name, Kind.EXECUTOR, shards, lanes, Objects.requireNonNull(tasks, "executor"));
    }

    /** Drained by a thread of the application's, when it calls {@link Talaria#drainer}. */
    public ShardGroup drainedByCaller() {
        return new ShardGroup(name, Kind.CALLER, shards, lanes, null);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Who drains it. */
    public Kind kind() {
        return kind;
    }

    /** Its shards. */
    public int shards() {
        return shards;
    }

    /** Lanes of each. */
    public int lanes() {
        return lanes;
    }

    /** Whose tasks drain it; null if no executor's. */
    public @Nullable Executor executor() {
        return executor;
    }
}
