package org.talaria.internal.engine;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaClock;
import org.talaria.TalariaConfig;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.Region;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RegionFolders;
import org.talaria.internal.memory.RegionLayout;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * The parts of an engine, made in the order in which they need each other, and how they find each other. Which thread may use what is said where each is defined.
 */
abstract class EngineParts extends Facade {
    private final TalariaConfig config;
    private final TalariaClock clock;
    private final RegionLayout layout;
    private final LanePlan lanes;
    private final Region region;
    private final Board board;
    private final Receivers receivers;
    private final long shardBlocks;
    private final long overflowHardBytes;
    private final long blockDeadlineNs;
    private final ClaimRing[] rings;
    private final Schemas schemas = new Schemas();
    private final References references = new References();
    private final Senders senders;
    private final Waiters waiters;
    private final Joins joins;
    private final Lifecycle lifecycle;
    private final Moves moves;
    private final EngineCounters counters;
    private final Samples samples;
    private final DeadLetters deadLetters;
    private final DistinctErrorLog errorLog;
    private final TimerService timerService;
    private final Completer completer;
    private final Journaling journaling;
    private final Turn[] turns;
    private final Walker walker;

    EngineParts(TalariaConfig config, int workers) {
        Engine engine = (Engine) this;
        this.config = config;
        clock = config.clock();
        blockDeadlineNs = config.blockDeadline().toNanos();
        layout = new RegionLayout(config, workers);
        region = Region.create(layout, new RegionFolders(config.regionFolder()), clock);
        receivers = new Receivers(engine);
        board = new Board(region, layout.plan().workerShards(), layout.workers(), engine::unpark, receivers::ready);
        shardBlocks = region.section(RegionDescriptor.SECTION_SHARDS);
        overflowHardBytes = config.overflowHardBytes();
        lanes = layout.lanes();
        rings = new ClaimRing[lanes.lanes()];
        for (int lane = 0; lane < rings.length; lane++) {
            if (layout.own(lane)) {
                openRing(lane);
            }
        }
        EpochClock epochClock = SystemEpochClock.INSTANCE;
        errorLog = new DistinctErrorLog(
                new UnsafeBuffer(region.sectionBuffer(RegionDescriptor.SECTION_ERROR_LOG)), epochClock);
        waiters = new Waiters(engine, config.waiters());
        joins = new Joins(engine, config.joins());
        senders = new Senders(engine, layout.senderSlots());
        lifecycle = new Lifecycle(engine, layout.maxEndpoints());
        moves = new Moves(engine);
        counters = new EngineCounters(region);
        samples = new Samples(region);
        deadLetters = new DeadLetters(engine);
        timerService = new TimerService(engine);
        completer = new Completer(engine);
        journaling = Journaling.open(engine, config.journal());
        turns = new Turn[layout.drainers()];
        for (int i = 0; i < workers; i++) {
            openDrainer(i);
        }
        walker = new Walker(engine);
    }

    /** The ring of a lane, which has memory. */
    final void openRing(int lane) {
        rings[lane] = new ClaimRing(region.address() + layout.ringOffset(lane), layout.ringCapacity());
    }

    /** The turn of a drainer, whose turn log has memory. */
    final void openDrainer(int worker) {
        Mem.putInt(workerBlock(worker) + WorkerDescriptor.SHARD_OFFSET, -1);
        Mem.putInt(workerBlock(worker) + WorkerDescriptor.ENDPOINT_OFFSET, -1);
        turns[worker] = new Turn((Engine) this, worker, workerBlock(worker), turnLog(worker));
        Mem.putIntVolatile(workerBlock(worker) + WorkerDescriptor.ACTIVE_OFFSET, 1);
    }

    final Receivers receivers() {
        return receivers;
    }

    private @Nullable TurnLog turnLog(int worker) {
        return config.journal() == null
                ? null
                : new TurnLog((Engine) this, region.address() + layout.turnLogOffset(worker), layout.turnLogCapacity());
    }

    /** Which lanes there are. */
    final LanePlan lanes() {
        return lanes;
    }

    final Board board() {
        return board;
    }

    /** The block of a lane; a shard's block is that of its own lane. */
    final long laneAddress(int lane) {
        return shardBlocks + (long) lane * ShardDescriptor.BYTES;
    }

    final long workerBlock(int worker) {
        return region.section(RegionDescriptor.SECTION_WORKERS) + (long) worker * WorkerDescriptor.BYTES;
    }

    final Journaling journaling() {
        return journaling;
    }

    final TalariaConfig config() {
        return config;
    }

    final TalariaClock clock() {
        return clock;
    }

    final RegionLayout layout() {
        return layout;
    }

    final Region region() {
        return region;
    }

    /** The rings of all lanes. */
    final ClaimRing[] laneRings() {
        return rings;
    }

    final Schemas schemas() {
        return schemas;
    }

    final References references() {
        return references;
    }

    final Senders senders() {
        return senders;
    }

    final Waiters waiters() {
        return waiters;
    }

    final Joins joins() {
        return joins;
    }

    final Lifecycle lifecycle() {
        return lifecycle;
    }

    final Moves moves() {
        return moves;
    }

    final DeadLetters deadLetters() {
        return deadLetters;
    }

    final EngineCounters counters() {
        return counters;
    }

    final Samples samples() {
        return samples;
    }

    /** On which thread a drainer is; null: that is not known, or on none. Any thread. */
    @Nullable
    Thread drainerThread(int worker) {
        Turn turn = turns[worker];
        return turn == null ? null : turn.entered();
    }

    final DistinctErrorLog errorLog() {
        return errorLog;
    }

    final TimerService timerService() {
        return timerService;
    }

    final Completer completer() {
        return completer;
    }

    final Turn turnOf(int worker) {
        return turns[worker];
    }

    final Walker walker() {
        return walker;
    }

    final long overflowHardBytes() {
        return overflowHardBytes;
    }

    final long blockDeadlineNs() {
        return blockDeadlineNs;
    }
}
