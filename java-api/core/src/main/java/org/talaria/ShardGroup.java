package org.talaria;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.settings.Setting;

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
        this.name = Objects.requireNonNull(name, "name of a shard group");
        this.kind = kind;
        this.shards = Setting.GROUP_SHARDS.in(shards);
        this.lanes = Setting.GROUP_LANES.in(lanes);
        this.executor = executor;
    }

    /** One shard with one lane, drained by the engine's workers. */
    public static ShardGroup named(String name) {
        return new ShardGroup(
                name, Kind.WORKERS, Setting.GROUP_SHARDS.presetInt(), Setting.GROUP_LANES.presetInt(), null);
    }

    /** With so many shards, 1 … 256; default 1: what lives on one never runs at the same time. */
    public ShardGroup shards(int count) {
        return new ShardGroup(name, kind, count, lanes, executor);
    }

    /** With so many lanes each, 1 … 4; default 1; see {@link TalariaConfig#lanes}. */
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
        return new ShardGroup(name, Kind.EXECUTOR, shards, lanes, Setting.GROUP_DRAINED_BY.given(tasks));
    }

    /** Drained by a thread of the application's, when it calls {@link Talaria#drainer}. */
    public ShardGroup drainedByCaller() {
        return new ShardGroup(name, Kind.CALLER, shards, lanes, null);
    }

    /** Whether it may be added to others. @throws IllegalArgumentException if its name is none, or theirs */
    void checkBeside(List<ShardGroup> others) {
        if (name.isEmpty() || name.startsWith("(")) {
            throw new IllegalArgumentException("a shard group is named " + name
                    + ": give a name that is not empty and does not begin with a parenthesis");
        }
        for (ShardGroup other : others) {
            if (other.name.equals(name)) {
                throw new IllegalArgumentException("a shard group is named " + name + " already: names are unique");
            }
        }
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
