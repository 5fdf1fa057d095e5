package org.talaria;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.Journal;

/** How an engine is opened. Each method changes this object and returns it; {@link Talaria#open(TalariaConfig)} takes a copy. One thread. */
public final class TalariaConfig implements Cloneable {
    private EngineKind engine = EngineKind.AUTO;
    private int workers = Math.max(1, Math.min(32, Runtime.getRuntime().availableProcessors() / 2));
    private int shards;
    private int lanes = 1;
    private int lowerLaneEvery = 64;
    private List<ShardGroup> groups = List.of();
    private int dedicatedShards = 8;
    private int receivers = 8;
    private boolean stealing = true;
    private boolean invoker;
    private TalariaClock clock = TalariaClock.SYSTEM;
    private long ringMemoryBytes = 64L << 20;
    private int ringCapacityBytes;
    private int maxMessageBytes = 64 << 10;
    private int maxEndpoints = 4 << 20;
    private int waiters = 4_096;
    private int batchRecords = 512;
    private int blockBytes = 64 << 10;
    private Duration patience = Duration.ofNanos(8_000);
    private IdleStrategy idle = IdleStrategy.backoff();
    private Duration blockDeadline = Duration.ofSeconds(1);
    private Duration closeDeadline = Duration.ofSeconds(5);
    private BackPressure backPressure = BackPressure.BLOCK;
    private Map<Priority, BackPressure> backPressures = Map.of();
    private long overflowHardBytes = 64L << 20;
    private boolean shutdownHook = true;
    private @Nullable Path regionFolder;
    private @Nullable Journal journal;
    private @Nullable Consumer<DeadLetter> onDeadLetter;
    private @Nullable Consumer<EngineError> onError;

    private TalariaConfig() {}

    /** The defaults. */
    public static TalariaConfig config() {
        return new TalariaConfig();
    }

    /** Which engine; default AUTO. */
    @CanIgnoreReturnValue
    public TalariaConfig engine(EngineKind engine) {
        this.engine = engine;
        return this;
    }

    /** Worker threads, 1 … 32; default half the processors. The Java engine has one. */
    @CanIgnoreReturnValue
    public TalariaConfig workers(int workers) {
        this.workers = in("workers", workers, 1, 32);
        return this;
    }

    /** Shards, 1 … 1,024; default 16 a worker. */
    @CanIgnoreReturnValue
    public TalariaConfig shards(int shards) {
        this.shards = in("shards", shards, 1, 1_024);
        return this;
    }

    /**
     * Lanes of each shard, 1 … 4; default 1: all priorities travel in the order sent. With two, HIGH and CRITICAL overtake the others; with three, LOW falls behind NORMAL; with
     * four each {@link Priority} has its own. Each lane is a ring: they share {@link #ringMemoryBytes}.
     */
    @CanIgnoreReturnValue
    public TalariaConfig lanes(int lanes) {
        this.lanes = in("lanes", lanes, 1, 4);
        return this;
    }

    /** Of so many messages of a shard at least one is taken from each lane where some wait, 4 … 1 Mi; default 64. So none starves. */
    @CanIgnoreReturnValue
    public TalariaConfig lowerLaneEvery(int lowerLaneEvery) {
        this.lowerLaneEvery = in("lowerLaneEvery", lowerLaneEvery, 4, 1 << 20);
        return this;
    }

    /** Adds shards set apart, for endpoints placed there by {@code options().in(name)}. Names are unique; {@code main} is the group that {@link Talaria#mainThread} drains. */
    @CanIgnoreReturnValue
    public TalariaConfig group(ShardGroup group) {
        if (group.name().isEmpty() || group.name().startsWith("(")) {
            throw new IllegalArgumentException("a shard group is named " + group.name()
                    + ": give a name that is not empty and does not begin with a parenthesis");
        }
        for (ShardGroup other : groups) {
            if (other.name().equals(group.name())) {
                throw new IllegalArgumentException(
                        "a shard group is named " + group.name() + " already: names are unique");
            }
        }
        List<ShardGroup> all = new ArrayList<>(groups);
        all.add(group);
        groups = List.copyOf(all);
        return this;
    }

    /** Most endpoints at a time that have a shard of their own ({@code options().dedicated()}), 0 … 256; default 8. Memory is taken when they are made. */
    @CanIgnoreReturnValue
    public TalariaConfig dedicatedShards(int dedicatedShards) {
        this.dedicatedShards = in("dedicatedShards", dedicatedShards, 0, 256);
        return this;
    }

    /** Most receivers at a time ({@link Talaria#receiver}), 0 … 256; default 8. Memory is taken when they are made. */
    @CanIgnoreReturnValue
    public TalariaConfig receivers(int receivers) {
        this.receivers = in("receivers", receivers, 0, 256);
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

    /** No threads: {@link Talaria#invoke} does the work on the calling thread. */
    @CanIgnoreReturnValue
    public TalariaConfig invoker() {
        this.invoker = true;
        return this;
    }

    /** The clock of handlers, time-outs and deadlines; default the system's. */
    @CanIgnoreReturnValue
    public TalariaConfig clock(TalariaClock clock) {
        this.clock = clock;
        return this;
    }

    /** Memory of all rings together, 64 KiB … 64 GiB; default 64 MiB. A ring's capacity follows from it: a power of two, 64 KiB … 1 MiB. */
    @CanIgnoreReturnValue
    public TalariaConfig ringMemoryBytes(long ringMemoryBytes) {
        this.ringMemoryBytes = in("ringMemoryBytes", ringMemoryBytes, 64L << 10, 64L << 30);
        return this;
    }

    /** Capacity of each ring: a power of two, 4 KiB … 1 GiB. Overrides {@link #ringMemoryBytes}. */
    @CanIgnoreReturnValue
    public TalariaConfig ringCapacityBytes(int ringCapacityBytes) {
        this.ringCapacityBytes = in("ringCapacityBytes", ringCapacityBytes, 4 << 10, 1 << 30);
        if (Integer.bitCount(ringCapacityBytes) != 1) {
            throw new IllegalArgumentException(
                    "ringCapacityBytes " + ringCapacityBytes + " is no power of two: give 4096, 8192, … 1073741824");
        }
        return this;
    }

    /** Largest payload, 64 bytes … 16 MiB; default 64 KiB. Also at most an eighth of a ring. */
    @CanIgnoreReturnValue
    public TalariaConfig maxMessageBytes(int maxMessageBytes) {
        this.maxMessageBytes = in("maxMessageBytes", maxMessageBytes, 64, 16 << 20);
        return this;
    }

    /** Most endpoints at a time, 16 … 8 Mi; default 4 Mi. Memory is committed as they come. */
    @CanIgnoreReturnValue
    public TalariaConfig maxEndpoints(int maxEndpoints) {
        this.maxEndpoints = in("maxEndpoints", maxEndpoints, 16, 8 << 20);
        return this;
    }

    /** Most calls and asks from threads at a time, 16 … 1 Mi; default 4,096. */
    @CanIgnoreReturnValue
    public TalariaConfig waiters(int waiters) {
        this.waiters = in("waiters", waiters, 16, 1 << 20);
        return this;
    }

    /** Most messages a turn on a shard, 1 … 1 Mi; default 512. */
    @CanIgnoreReturnValue
    public TalariaConfig batchRecords(int batchRecords) {
        this.batchRecords = in("batchRecords", batchRecords, 1, 1 << 20);
        return this;
    }

    /** Most bytes handed to Java at once, 1 KiB … 16 MiB; default 64 KiB. */
    @CanIgnoreReturnValue
    public TalariaConfig blockBytes(int blockBytes) {
        this.blockBytes = in("blockBytes", blockBytes, 1 << 10, 16 << 20);
        return this;
    }

    /** Longest wait of a worker that has caught up while rates are high (P3), 0 … 100 µs; default 8 µs; zero = never. */
    @CanIgnoreReturnValue
    public TalariaConfig patience(Duration patience) {
        in("patience (ns)", patience.toNanos(), 0, 100_000);
        this.patience = patience;
        return this;
    }

    /** What workers do that found nothing to do; default {@link IdleStrategy#backoff()}. Receivers have one of their own: {@link Receiver#idle}. */
    @CanIgnoreReturnValue
    public TalariaConfig idle(IdleStrategy idle) {
        this.idle = idle;
        return this;
    }

    /** How long a blocking send waits for room; default 1 s. */
    @CanIgnoreReturnValue
    public TalariaConfig blockDeadline(Duration blockDeadline) {
        this.blockDeadline = notNegative("blockDeadline", blockDeadline);
        return this;
    }

    /** How long {@link Talaria#close} drains before the rest goes to dead letters; default 5 s. */
    @CanIgnoreReturnValue
    public TalariaConfig closeDeadline(Duration closeDeadline) {
        this.closeDeadline = notNegative("closeDeadline", closeDeadline);
        return this;
    }

    /** The policy of endpoints that have none of their own; default BLOCK. */
    @CanIgnoreReturnValue
    public TalariaConfig backPressure(BackPressure backPressure) {
        this.backPressure = backPressure;
        return this;
    }

    /** The same for messages of a priority; default that of {@link #backPressure(BackPressure)}. */
    @CanIgnoreReturnValue
    public TalariaConfig backPressureAt(Priority priority, BackPressure backPressure) {
        Map<Priority, BackPressure> all = new EnumMap<>(Priority.class);
        all.putAll(backPressures);
        all.put(priority, backPressure);
        backPressures = Map.copyOf(all);
        return this;
    }

    /** Most bytes in a shard's overflow, 64 KiB … 64 GiB; default 64 MiB. Over it a handler's send is BACK_PRESSURED. */
    @CanIgnoreReturnValue
    public TalariaConfig overflowHardBytes(long overflowHardBytes) {
        this.overflowHardBytes = in("overflowHardBytes", overflowHardBytes, 64L << 10, 64L << 30);
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
        this.regionFolder = regionFolder;
        return this;
    }

    /** Journals everything; default none. */
    @CanIgnoreReturnValue
    public TalariaConfig journal(Journal journal) {
        this.journal = journal;
        return this;
    }

    /**
     * Told of each dead letter, on the thread that found it: be quick. What it throws is logged. Without one, dead letters go to the {@link System.Logger} named
     * {@code org.talaria}, ten a second at most together with errors, without their contents; how many more there were is logged behind them.
     */
    @CanIgnoreReturnValue
    public TalariaConfig onDeadLetter(Consumer<DeadLetter> onDeadLetter) {
        this.onDeadLetter = onDeadLetter;
        return this;
    }

    /**
     * Told of each failure of a handler or of the engine, on the thread that found it: be quick. What it throws is logged. Without one, failures go to the
     * {@link System.Logger} named {@code org.talaria}, ten a second at most together with dead letters.
     */
    @CanIgnoreReturnValue
    public TalariaConfig onError(Consumer<EngineError> onError) {
        this.onError = onError;
        return this;
    }

    public EngineKind engine() {
        return engine;
    }

    public int workers() {
        return workers;
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

    /** A copy. */
    public TalariaConfig copy() {
        try {
            return (TalariaConfig) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    static int in(String name, int value, int least, int most) {
        return (int) in(name, (long) value, least, most);
    }

    private static long in(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is out of range: give " + least + " to " + most);
        }
        return value;
    }

    private static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " " + value + " is negative: give zero or more");
        }
        return value;
    }
}
