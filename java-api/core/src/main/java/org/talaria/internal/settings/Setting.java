package org.talaria.internal.settings;

import static org.talaria.internal.settings.Domain.NO_MOST;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.talaria.BackPressure;
import org.talaria.EngineKind;
import org.talaria.actor.ActorOptions.Placement;
import org.talaria.internal.settings.Domain.Choice;
import org.talaria.internal.settings.Domain.Share;
import org.talaria.internal.settings.Domain.Switch;
import org.talaria.internal.settings.Domain.Thing;
import org.talaria.internal.settings.Domain.Time;
import org.talaria.internal.settings.Domain.Whole;
import org.talaria.journal.Journal.Mode;
import org.talaria.journal.Journal.OnFailure;

/**
 * All that can be configured, in the order of the documents: setters check by these and take their defaults from here; {@code docs/configuration.md} is printed from them.
 * Texts are Markdown.
 */
public enum Setting {
    ENGINE("engine", new Choice(EngineKind.AUTO), "Which engine: AUTO takes the native one where it is there."),
    WORKERS(
            "workers",
            counts("threads", 1, 32, workersHere(), "half the processors"),
            "Worker threads. The Java engine has one."),
    LEAST_WORKERS(
            "leastWorkers",
            counts("threads", 1, 32, 0, "as many as workers"),
            "With fewer than `workers` the engine has as many as there is work for, and the others rest. Not with `stealing(false)`."),
    SHARDS("shards", counts("shards", 1, 1_024, 0, "16 a worker"), "Shards: what may be drained at the same time."),
    LANES(
            "lanes",
            counts("lanes", 1, 4, 1),
            "Lanes of each shard. With 2, HIGH and CRITICAL overtake the others; with 3, LOW falls behind NORMAL; with 4 each priority has its own."),
    LOWER_LANE_EVERY(
            "lowerLaneEvery",
            counts("messages", 4, 1 << 20, 64),
            "Of so many messages of a shard at least one is of each lane where some wait, so that none starves."),
    STEALING(
            "stealing",
            new Switch(true),
            "Whether a worker with nothing to do takes ready shards of others. Without it a slow handler holds up all shards of its worker."),
    BALANCING(
            "balancing",
            new Switch(true),
            "Whether busy endpoints are moved from busy shards to idle ones; those with a place of their own stay. Not with one worker, nor where the engine is invoked."),
    INVOKER("invoker", new Switch(false), "No threads: `Talaria.invoke` does the work on the calling thread."),
    GROUP("group", new Thing("a ShardGroup", "none"), "Adds shards set apart; see below."),
    DEDICATED_SHARDS(
            "dedicatedShards",
            counts("endpoints", 0, 256, 8),
            "Most endpoints at a time that have a shard of their own. Memory is taken when they are made."),
    RECEIVERS(
            "receivers",
            counts("receivers", 0, 256, 8),
            "Most receivers at a time (`Talaria.receiver`). Memory is taken when they are made."),
    RING_MEMORY_BYTES(
            "ringMemoryBytes",
            bytes(64L << 10, 64L << 30, 64L << 20),
            "Memory of all rings together. A ring's capacity follows from it: a power of two, 64 KiB … 1 MiB."),
    RING_CAPACITY_BYTES(
            "ringCapacityBytes",
            new Whole(Quantity.BYTES, 4L << 10, 1L << 30, 0, "by ringMemoryBytes", true),
            "Capacity of each ring. Overrides `ringMemoryBytes`."),
    MAX_MESSAGE_BYTES(
            "maxMessageBytes", bytes(64, 16L << 20, 64L << 10), "Largest payload. Also at most an eighth of a ring."),
    MAX_ENDPOINTS(
            "maxEndpoints",
            counts("endpoints", 16, 8L << 20, 4L << 20),
            "Most endpoints at a time. Memory is committed as they come."),
    WAITERS("waiters", counts("requests", 16, 1 << 20, 4_096), "Most calls and asks from threads at a time."),
    JOINS(
            "joins",
            counts("joins", 16, 1 << 16, 256),
            "Most joins of `Talaria.fork` at a time, timers with a fixed delay whose message is on its way included."),
    BATCH_RECORDS("batchRecords", counts("messages", 1, 1 << 20, 512), "Most messages a turn on a shard."),
    BLOCK_BYTES("blockBytes", bytes(1L << 10, 16L << 20, 64L << 10), "Most bytes handed to Java at once."),
    PATIENCE(
            "patience",
            new Time(Duration.ZERO, Duration.ofNanos(100_000), Duration.ofNanos(8_000)),
            "Longest wait of a worker that has caught up while rates are high; 0 = never."),
    IDLE("idle", new Thing("an IdleStrategy", "backoff()"), "What workers do that found nothing to do; see below."),
    BACK_PRESSURE(
            "backPressure",
            new Choice(BackPressure.BLOCK),
            "What a send does when there is no room, where the mailbox says nothing else."),
    BACK_PRESSURE_AT(
            "backPressureAt", new Thing("a BackPressure", "backPressure"), "The same for messages of one priority."),
    BLOCK_DEADLINE(
            "blockDeadline",
            new Time(Duration.ZERO, longest(), Duration.ofSeconds(1)),
            "How long a blocking send waits for room."),
    OVERFLOW_HARD_BYTES(
            "overflowHardBytes",
            bytes(64L << 10, 64L << 30, 64L << 20),
            "Most bytes in a lane's overflow: over it a handler's send is BACK_PRESSURED."),
    HIGH_WATER(
            "waterMarks high",
            new Share("more than 0, at most 1", "none"),
            "Share of a lane's ring: when so much waits, or its overflow is in use, the listener is told, once."),
    LOW_WATER(
            "waterMarks low",
            new Share("more than 0, less than high", "none"),
            "Share of a lane's ring: when no more than that waits again, the listener is told, once."),
    WATER_MARK_LISTENER(
            "waterMarks listener",
            new Thing("a listener of WaterMark", "none"),
            "Who is told. Without one nobody looks; with one the engine does each 10 ms."),
    CLOSE_DEADLINE(
            "closeDeadline",
            new Time(Duration.ZERO, longest(), Duration.ofSeconds(5)),
            "How long `close` drains before the rest goes to dead letters."),
    STALL_THRESHOLD(
            "stallThreshold",
            new Time(Duration.ZERO, longest(), Duration.ofSeconds(1)),
            "How long a handler may run before it is reported, with its name and stack, while it runs; 0 = never."),
    SHUTDOWN_HOOK("shutdownHook", new Switch(true), "Whether a shutdown hook closes the engine."),
    CLOCK(
            "clock",
            new Thing("a TalariaClock", "the system's"),
            "The clock of handlers, time-outs, timers and deadlines of messages."),
    REGION_FOLDER(
            "regionFolder",
            new Thing("a folder", "`/dev/shm` if it has room, else the temporary folder"),
            "Where the region's file lies."),
    JOURNAL("journal", new Thing("a Journal", "none"), "Journals everything; see below."),
    ON_DEAD_LETTER(
            "onDeadLetter",
            new Thing("a listener of DeadLetter", "the log"),
            "Told of each dead letter, on the thread that found it."),
    ON_ERROR(
            "onError",
            new Thing("a listener of EngineError", "the log"),
            "Told of each failure of a handler or of the engine, on the thread that found it."),

    GROUP_SHARDS(Scope.GROUP, "shards", counts("shards", 1, 256, 1), "Its shards."),
    GROUP_LANES(Scope.GROUP, "lanes", counts("lanes", 1, 4, 1), "Lanes of each, as `lanes` of the engine."),
    GROUP_DRAINED_BY(
            Scope.GROUP,
            "drainedBy",
            new Thing("an Executor", "the engine's workers"),
            "Drained by tasks of an executor, for handlers that block."),
    GROUP_DRAINED_BY_CALLER(
            Scope.GROUP,
            "drainedByCaller",
            new Switch(false),
            "Drained by a thread of the application's, when it calls `Talaria.drainer`."),

    MAILBOX(Scope.ENDPOINT, "mailbox", new Thing("a Mailbox", "unbounded()"), "How many may wait; see below."),
    PLACED(
            Scope.ENDPOINT,
            "placed",
            new Choice(Placement.ROUND_ROBIN),
            "How its shard is chosen; EXPLICIT is said by `onShard`."),
    ON_SHARD(
            Scope.ENDPOINT,
            "onShard",
            counts("", 0, 1_023, -1, "as placed"),
            "The shard; also less than the engine's `shards`."),
    IN_GROUP(Scope.ENDPOINT, "in", new Thing("a group's name", "the engine's own shards"), "The shard group."),

    MAILBOX_CAPACITY(
            Scope.MAILBOX,
            "capacity",
            counts("messages", 1, 1 << 30, 0, "unbounded: its shard's ring is the bound"),
            "Most messages that wait for the endpoint."),
    MAILBOX_POLICY(
            Scope.MAILBOX,
            "policy",
            new Thing("a BackPressure", "backPressure of the engine"),
            "What a send does when the mailbox or its ring is full."),
    MAILBOX_AT(Scope.MAILBOX, "at", new Thing("a BackPressure", "policy"), "The same for messages of one priority."),

    MAX_SPINS(Scope.IDLE, "maxSpins", counts("looks", 0, NO_MOST, 200), "Looks before it yields."),
    MAX_YIELDS(Scope.IDLE, "maxYields", counts("yields", 0, NO_MOST, 50), "Yields before it sleeps."),
    LONGEST_PARK(
            Scope.IDLE,
            "longestPark",
            new Time(Duration.ofNanos(1), longest(), Duration.ofMillis(100)),
            "Longest sleep; who sends wakes it sooner."),

    JOURNAL_PATH(Scope.JOURNAL, "at", new Thing("a folder", "none"), "Where it lies; made if it is missing."),
    JOURNAL_MODE(
            Scope.JOURNAL,
            "mode",
            new Choice(Mode.ASYNC),
            "When a message may be handled: ahead of the journal, or behind it."),
    JOURNAL_ON_FAILURE(
            Scope.JOURNAL,
            "onFailure",
            new Choice(OnFailure.STOP),
            "What the engine does when the journal cannot be written."),
    ROLL_BYTES(
            Scope.JOURNAL,
            "rollBytes",
            bytes(1L << 20, NO_MOST, 256L << 20),
            "Begins a new file when one holds this much."),
    RETAIN_FOR(
            Scope.JOURNAL,
            "retainFor",
            new Time(Duration.ZERO, longest(), Duration.ZERO),
            "Deletes rolled files older than this, once all their messages are handled; 0 keeps them."),
    RETAIN_BYTES(
            Scope.JOURNAL,
            "retainBytes",
            bytes(0, NO_MOST, 0),
            "Deletes the oldest rolled files, once all their messages are handled, while the journal is larger than this; 0 keeps them."),
    RESERVE_BYTES(
            Scope.JOURNAL,
            "reserveBytes",
            bytes(0, NO_MOST, 64L << 20),
            "Counts as failed when the disk has less than this left."),
    SYNC(
            Scope.JOURNAL,
            "sync",
            new Switch(false),
            "Forces each block to the disk: survives a loss of power, at its price.");

    private final Scope scope;
    private final String label;
    private final Domain domain;
    private final String meaning;

    Setting(String label, Domain domain, String meaning) {
        this(Scope.ENGINE, label, domain, meaning);
    }

    Setting(Scope scope, String label, Domain domain, String meaning) {
        this.scope = scope;
        this.label = label;
        this.domain = domain;
        this.meaning = meaning;
    }

    private static Whole counts(String unit, long least, long most, long preset) {
        return counts(unit, least, most, preset, Quantity.text(unit, preset));
    }

    private static Whole counts(String unit, long least, long most, long preset, String text) {
        return new Whole(unit, least, most, preset, text, false);
    }

    private static Whole bytes(long least, long most, long preset) {
        return new Whole(Quantity.BYTES, least, most, preset, Quantity.text(Quantity.BYTES, preset), false);
    }

    private static long workersHere() {
        return Math.max(1, Math.min(32, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** Its nanoseconds are a long, with room to add a time. */
    private static Duration longest() {
        return Duration.ofDays(36_500);
    }

    /** What it belongs to. */
    public Scope scope() {
        return scope;
    }

    /** Its setter's name; of a setter with several parameters also the parameter's. */
    public String label() {
        return label;
    }

    /** Its values. */
    public Domain domain() {
        return domain;
    }

    /** What it does. */
    public String meaning() {
        return meaning;
    }

    /** A value in the range. @throws IllegalArgumentException if it is not */
    public int in(int value) {
        return (int) in((long) value);
    }

    /** A value in the range. @throws IllegalArgumentException if it is not */
    public long in(long value) {
        if (!((Whole) domain).has(value)) {
            throw refused(String.valueOf(value));
        }
        return value;
    }

    /** A value in the range. @throws IllegalArgumentException if it is not */
    public double in(double value) {
        if (!((Share) domain).has(value)) {
            throw refused(String.valueOf(value));
        }
        return value;
    }

    /** A value in the range. @throws IllegalArgumentException if it is not */
    public Duration in(@Nullable Duration value) {
        Duration given = given(value);
        if (!((Time) domain).has(given)) {
            throw refused(Quantity.text(given));
        }
        return given;
    }

    /** A value that is there. @throws NullPointerException if it is not */
    public <T> T given(@Nullable T value) {
        if (value == null) {
            throw new NullPointerException(path() + " is null: give " + domain.remedy());
        }
        return value;
    }

    private IllegalArgumentException refused(String value) {
        return new IllegalArgumentException(path() + " " + value + " is out of range: give " + domain.remedy());
    }

    private String path() {
        return scope.prefix() + label;
    }

    /** The default. */
    public long preset() {
        return ((Whole) domain).presetValue();
    }

    /** The default, where it is an int. */
    public int presetInt() {
        return (int) preset();
    }

    /** The default. */
    public Duration presetTime() {
        return ((Time) domain).presetValue();
    }

    /** The default. */
    public boolean presetSwitch() {
        return ((Switch) domain).presetValue();
    }

    /** The default, one of an enumeration. */
    public <E extends Enum<E>> E preset(Class<E> type) {
        return type.cast(((Choice) domain).presetValue());
    }
}
