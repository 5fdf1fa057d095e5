package org.talaria;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.talaria.internal.settings.Setting;
import org.talaria.journal.Journal;

/**
 * How an engine is opened. Each method changes this object and returns it; {@link Talaria#open(TalariaConfig)} takes a copy. One thread.
 *
 * <p>A value out of range is an {@link IllegalArgumentException} that says the range, none at all a {@link NullPointerException}; the value set before stays.
 */
public final class TalariaConfig extends ConfigValues implements Cloneable {
    private TalariaConfig() {}

    /** The defaults. */
    public static TalariaConfig config() {
        return new TalariaConfig();
    }

    /** Which engine; default AUTO, which takes the native one where it is there. */
    @CanIgnoreReturnValue
    public TalariaConfig engine(EngineKind engine) {
        this.engine = Setting.ENGINE.given(engine);
        return this;
    }

    /** Worker threads, 1 … 32; default half the processors. The Java engine has one. */
    @CanIgnoreReturnValue
    public TalariaConfig workers(int workers) {
        this.workers = Setting.WORKERS.in(workers);
        return this;
    }

    /**
     * The least of the workers, 1 … 32; default as many as workers. With fewer the engine has as many as there is work for: so many at first, one more where all have been busy for some 30 ms
     * and a shard waits, one less where one had nothing to do for a second. Those that are not wanted rest; what is at home on them is spread over the others.
     */
    @CanIgnoreReturnValue
    public TalariaConfig leastWorkers(int leastWorkers) {
        this.leastWorkers = Setting.LEAST_WORKERS.in(leastWorkers);
        return this;
    }

    /** Shards, 1 … 1,024; default 16 a worker. */
    @CanIgnoreReturnValue
    public TalariaConfig shards(int shards) {
        this.shards = Setting.SHARDS.in(shards);
        return this;
    }

    /**
     * Lanes of each shard, 1 … 4; default 1: all priorities travel in the order sent. With two, HIGH and CRITICAL overtake the others; with three, LOW falls behind NORMAL; with
     * four each {@link Priority} has its own. Each lane is a ring: they share {@link #ringMemoryBytes}.
     */
    @CanIgnoreReturnValue
    public TalariaConfig lanes(int lanes) {
        this.lanes = Setting.LANES.in(lanes);
        return this;
    }

    /** Of so many messages of a shard at least one is taken from each lane where some wait, 4 … 1 Mi; default 64. So none starves. */
    @CanIgnoreReturnValue
    public TalariaConfig lowerLaneEvery(int lowerLaneEvery) {
        this.lowerLaneEvery = Setting.LOWER_LANE_EVERY.in(lowerLaneEvery);
        return this;
    }

    /** Adds shards set apart, for endpoints placed there by {@code options().in(name)}. Names are unique; {@code main} is the group that {@link Talaria#mainThread} drains. */
    @CanIgnoreReturnValue
    public TalariaConfig group(ShardGroup group) {
        Setting.GROUP.given(group).checkBeside(groups);
        List<ShardGroup> all = new ArrayList<>(groups);
        all.add(group);
        groups = List.copyOf(all);
        return this;
    }

    /** Most endpoints at a time that have a shard of their own ({@code options().dedicated()}), 0 … 256; default 8. Memory is taken when they are made. */
    @CanIgnoreReturnValue
    public TalariaConfig dedicatedShards(int dedicatedShards) {
        this.dedicatedShards = Setting.DEDICATED_SHARDS.in(dedicatedShards);
        return this;
    }

    /** Most receivers at a time ({@link Talaria#receiver}), 0 … 256; default 8. Memory is taken when they are made. */
    @CanIgnoreReturnValue
    public TalariaConfig receivers(int receivers) {
        this.receivers = Setting.RECEIVERS.in(receivers);
        return this;
    }

    /**
     * Whether a worker with nothing to do takes ready shards of others; default true. Without it each drains its home shards only (shard <i>s</i> is at home on
     * worker <i>s</i> mod workers), and a handler that is slow holds up all shards of its worker. For measurements, and where a shard must stay on one thread. The
     * Java engine, which has one worker, and an engine that is invoked know no difference.
     */
    @CanIgnoreReturnValue
    public TalariaConfig stealing(boolean stealing) {
        this.stealing = stealing;
        return this;
    }

    /**
     * Whether endpoints that are busy and share a shard are parted: moved as {@link Talaria#move} does, one each half second at most, where a worker has time to spare; default true.
     * Endpoints on a given shard, placed by hash or on a shard of their own stay. Not with one worker, nor where the engine is invoked.
     */
    @CanIgnoreReturnValue
    public TalariaConfig balancing(boolean balancing) {
        this.balancing = balancing;
        return this;
    }

    /** No threads: {@link Talaria#invoke} does the work on the calling thread. */
    @CanIgnoreReturnValue
    public TalariaConfig invoker() {
        this.invoker = true;
        return this;
    }

    /** The clock of handlers, time-outs and deadlines; default the system's. */
    @CanIgnoreReturnValue
    public TalariaConfig clock(TalariaClock clock) {
        this.clock = Setting.CLOCK.given(clock);
        return this;
    }

    /** Memory of all rings together, 64 KiB … 64 GiB; default 64 MiB. A ring's capacity follows from it: a power of two, 64 KiB … 1 MiB. */
    @CanIgnoreReturnValue
    public TalariaConfig ringMemoryBytes(long ringMemoryBytes) {
        this.ringMemoryBytes = Setting.RING_MEMORY_BYTES.in(ringMemoryBytes);
        return this;
    }

    /** Capacity of each ring: a power of two, 4 KiB … 1 GiB. Overrides {@link #ringMemoryBytes}. */
    @CanIgnoreReturnValue
    public TalariaConfig ringCapacityBytes(int ringCapacityBytes) {
        this.ringCapacityBytes = Setting.RING_CAPACITY_BYTES.in(ringCapacityBytes);
        return this;
    }

    /** Largest payload, 64 bytes … 16 MiB; default 64 KiB. Also at most an eighth of a ring. */
    @CanIgnoreReturnValue
    public TalariaConfig maxMessageBytes(int maxMessageBytes) {
        this.maxMessageBytes = Setting.MAX_MESSAGE_BYTES.in(maxMessageBytes);
        return this;
    }

    /** Most endpoints at a time, 16 … 8 Mi; default 4 Mi. Memory is committed as they come. */
    @CanIgnoreReturnValue
    public TalariaConfig maxEndpoints(int maxEndpoints) {
        this.maxEndpoints = Setting.MAX_ENDPOINTS.in(maxEndpoints);
        return this;
    }

    /** Most calls and asks from threads at a time, 16 … 1 Mi; default 4,096. */
    @CanIgnoreReturnValue
    public TalariaConfig waiters(int waiters) {
        this.waiters = Setting.WAITERS.in(waiters);
        return this;
    }

    /** Most joins of {@link Talaria#fork} at a time, timers with a fixed delay whose message is on its way included: 16 … 65,536; default 256. */
    @CanIgnoreReturnValue
    public TalariaConfig joins(int joins) {
        this.joins = Setting.JOINS.in(joins);
        return this;
    }

    /** Most messages a turn on a shard, 1 … 1 Mi; default 512. */
    @CanIgnoreReturnValue
    public TalariaConfig batchRecords(int batchRecords) {
        this.batchRecords = Setting.BATCH_RECORDS.in(batchRecords);
        return this;
    }

    /** Most bytes handed to Java at once, 1 KiB … 16 MiB; default 64 KiB. */
    @CanIgnoreReturnValue
    public TalariaConfig blockBytes(int blockBytes) {
        this.blockBytes = Setting.BLOCK_BYTES.in(blockBytes);
        return this;
    }

    /** Longest wait of a worker that has caught up while rates are high (P3), 0 … 100 µs; default 8 µs; 0 = never. */
    @CanIgnoreReturnValue
    public TalariaConfig patience(Duration patience) {
        this.patience = Setting.PATIENCE.in(patience);
        return this;
    }

    /** What workers do that found nothing to do; default {@link IdleStrategy#backoff()}. Receivers have one of their own: {@link Receiver#idle}. */
    @CanIgnoreReturnValue
    public TalariaConfig idle(IdleStrategy idle) {
        this.idle = Setting.IDLE.given(idle);
        return this;
    }

    /** How long a blocking send waits for room, 0 … 36,500 days; default 1 s. */
    @CanIgnoreReturnValue
    public TalariaConfig blockDeadline(Duration blockDeadline) {
        this.blockDeadline = Setting.BLOCK_DEADLINE.in(blockDeadline);
        return this;
    }

    /** How long {@link Talaria#close} drains before the rest goes to dead letters, 0 … 36,500 days; default 5 s. */
    @CanIgnoreReturnValue
    public TalariaConfig closeDeadline(Duration closeDeadline) {
        this.closeDeadline = Setting.CLOSE_DEADLINE.in(closeDeadline);
        return this;
    }

    /**
     * How long a handler may run before it is reported as a stall, 0 … 36,500 days; default 1 s; zero = never. It is reported while it runs, to {@link #onError}, with its endpoint's
     * name and its thread's stack; found by looking each 10 ms. Not where the engine is invoked.
     */
    @CanIgnoreReturnValue
    public TalariaConfig stallThreshold(Duration stallThreshold) {
        this.stallThreshold = Setting.STALL_THRESHOLD.in(stallThreshold);
        return this;
    }

    /** The policy of endpoints that have none of their own; default BLOCK. */
    @CanIgnoreReturnValue
    public TalariaConfig backPressure(BackPressure backPressure) {
        this.backPressure = Setting.BACK_PRESSURE.given(backPressure);
        return this;
    }

    /** The same for messages of a priority; default that of {@link #backPressure(BackPressure)}. */
    @CanIgnoreReturnValue
    public TalariaConfig backPressureAt(Priority priority, BackPressure backPressure) {
        Objects.requireNonNull(priority, "priority");
        Map<Priority, BackPressure> all = new EnumMap<>(Priority.class);
        all.putAll(backPressures);
        all.put(priority, Setting.BACK_PRESSURE_AT.given(backPressure));
        backPressures = Map.copyOf(all);
        return this;
    }

    /** Most bytes in a lane's overflow, 64 KiB … 64 GiB; default 64 MiB. Over it a handler's send is BACK_PRESSURED. */
    @CanIgnoreReturnValue
    public TalariaConfig overflowHardBytes(long overflowHardBytes) {
        this.overflowHardBytes = Setting.OVERFLOW_HARD_BYTES.in(overflowHardBytes);
        return this;
    }

    /**
     * Tells a listener how full lanes are, each by its edges only: once when at least the {@code high} share of a lane's ring waits, or its overflow is in use, and once when no more
     * than the {@code low} share waits again. Lanes are looked at each 10 ms of {@link #clock}, by the thread that completes asks and runs timers, or by
     * {@link Talaria#invoke}: be quick there. What fills and empties between two looks goes unseen. What the listener throws is told to {@link #onError}. Default none: nobody looks.
     *
     * <p>A ring is full for its senders a little before its last byte: a high mark of 1 is reached by overflow, or by chance.
     *
     * @param high share of a ring, more than 0, at most 1
     * @param low share of a ring, more than 0, less than {@code high}
     * @param listener told of all lanes, one at a time, in order; on one thread at a time
     * @throws IllegalArgumentException if a share is out of range
     */
    @CanIgnoreReturnValue
    public TalariaConfig waterMarks(double high, double low, Consumer<WaterMark> listener) {
        if (Setting.LOW_WATER.in(low) >= Setting.HIGH_WATER.in(high)) {
            throw new IllegalArgumentException(
                    "waterMarks low " + low + " is out of range: give more than 0, less than high, which is " + high);
        }
        onWaterMark = Setting.WATER_MARK_LISTENER.given(listener);
        highWater = high;
        lowWater = low;
        return this;
    }

    /** Whether a shutdown hook closes the engine; default true. */
    @CanIgnoreReturnValue
    public TalariaConfig shutdownHook(boolean shutdownHook) {
        this.shutdownHook = shutdownHook;
        return this;
    }

    /** Where the region file lies; default {@code /dev/shm} if it has room, else the temporary folder. */
    @CanIgnoreReturnValue
    public TalariaConfig regionFolder(Path regionFolder) {
        this.regionFolder = Setting.REGION_FOLDER.given(regionFolder);
        return this;
    }

    /** Journals everything; default none. */
    @CanIgnoreReturnValue
    public TalariaConfig journal(Journal journal) {
        this.journal = Setting.JOURNAL.given(journal);
        return this;
    }

    /**
     * Told of each dead letter, on the thread that found it: be quick. What it throws is logged. Without one, dead letters go to the {@link System.Logger} named
     * {@code org.talaria}, ten a second at most together with errors, without their contents; how many more there were is logged behind them.
     */
    @CanIgnoreReturnValue
    public TalariaConfig onDeadLetter(Consumer<DeadLetter> onDeadLetter) {
        this.onDeadLetter = Setting.ON_DEAD_LETTER.given(onDeadLetter);
        return this;
    }

    /**
     * Told of each failure of a handler or of the engine, on the thread that found it: be quick. What it throws is logged. Without one, failures go to the
     * {@link System.Logger} named {@code org.talaria}, ten a second at most together with dead letters.
     */
    @CanIgnoreReturnValue
    public TalariaConfig onError(Consumer<EngineError> onError) {
        this.onError = Setting.ON_ERROR.given(onError);
        return this;
    }

    /** A copy. */
    public TalariaConfig copy() {
        try {
            return (TalariaConfig) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
