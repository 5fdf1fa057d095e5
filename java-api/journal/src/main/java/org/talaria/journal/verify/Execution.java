package org.talaria.journal.verify;

import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.IdSet;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.WorkerState.Turn;
import org.talaria.journal.verify.WorkerState.Wait;

/**
 * Runs the turns of an epoch once more, on paper: each worker's in the order of its log, each shard's in the order of positions, each record only after its
 * cause. If all of them can be run, the union of these orders has no cycle; if not, what is left names the contradiction. Streams: what ran is
 * forgotten but for a bit a message.
 */
final class Execution {
    private final int epoch;
    private final Offenders offenders;
    private final MoveChecks moves;
    private final ShardState[] shards;
    private final WorkerState[] workers;
    private final IdSet handledIds = new IdSet();
    private long turns;
    private long handled;
    private long dead;
    private long causes;

    Execution(EpochInfo info, MoveChecks moves, Offenders offenders) {
        epoch = info.epoch();
        this.moves = moves;
        this.offenders = offenders;
        shards = new ShardState[info.shards()];
        workers = new WorkerState[info.workers()];
        for (int s = 0; s < shards.length; s++) {
            shards[s] = new ShardState(info.positions().get(s));
        }
        for (EpochInfo.Turned turned : info.turned()) {
            shards[turned.shard()].turnedBefore(turned.from(), turned.to());
        }
        for (int w = 0; w < workers.length; w++) {
            workers[w] = new WorkerState();
        }
    }

    ShardState shard(int shard) {
        return shards[shard];
    }

    WorkerState worker(int worker) {
        return workers[worker];
    }

    int shards() {
        return shards.length;
    }

    int workers() {
        return workers.length;
    }

    void record(RecordView record, boolean stale) {
        ShardState shard = shards[record.shard()];
        if (shard.isTurnedBefore(record.position())) {
            handled++;
            handledIds.add(record.id());
            return;
        }
        long target = MoveChecks.key(record.target(), record.generation());
        shard.add(record.id(), record.cause(), record.position(), target, stale);
    }

    void dead(int shard, long position) {
        if (!shards[shard].dead().add(position)) {
            offenders.add(
                    Check.DELIVERY,
                    epoch,
                    shard,
                    position,
                    0,
                    () -> "the record at position " + position + " of shard " + shard + " became a dead letter twice");
        }
    }

    /** A turn was logged. */
    void turn(Turn turn) {
        WorkerState worker = workers[turn.worker()];
        if (turn.timeNs() < worker.timeNs()) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    turn.shard(),
                    turn.from(),
                    0,
                    () -> turn + " began before the worker's turn that its log puts before it");
        }
        worker.timeNs(Math.max(worker.timeNs(), turn.timeNs()));
        worker.add(turn);
    }

    /** Goes as far as it can. */
    void advance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (WorkerState worker : workers) {
                moved |= advance(worker);
            }
        }
    }

    private boolean advance(WorkerState worker) {
        boolean moved = false;
        Turn turn = worker.first();
        while (turn != null) {
            ShardState shard = shards[turn.shard()];
            boolean taken = shard.owner() >= 0 && shard.owner() != turn.worker();
            if (taken || shard.handled() < turn.from()) {
                worker.waitFor(Wait.SHARD);
                return moved;
            }
            long before = shard.handled();
            boolean ended = run(worker, shard, turn);
            moved |= ended || shard.handled() != before;
            if (!ended) {
                return moved;
            }
            turn = worker.first();
        }
        return moved;
    }

    /** Runs a turn as far as it can; true if it ended. */
    private boolean run(WorkerState worker, ShardState shard, Turn turn) {
        if (shard.owner() < 0) {
            enter(shard, turn);
            worker.waitFor(Wait.NOTHING);
            shard.owner(turn.worker());
        }
        while (shard.hasRecordBefore(turn.to())) {
            long cause = shard.headCause();
            if (cause != 0 && !handledIds.contains(cause)) {
                worker.waitFor(Wait.CAUSE);
                return false;
            }
            handle(shard, turn);
        }
        if (shard.journaled() < turn.to()) {
            worker.waitFor(Wait.BLOCK);
            return false;
        }
        leave(worker, shard, turn);
        return true;
    }

    private void enter(ShardState shard, Turn turn) {
        if (turn.from() < shard.handled()) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    turn.shard(),
                    turn.from(),
                    shard.waiting() > 0 ? shard.headId() : 0,
                    () -> turn + " overlaps an earlier one: the shard was handled up to " + shard.handled()
                            + " before");
        }
        if (turn.number() < shard.turn() || turn.timeNs() < shard.timeNs()) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    turn.shard(),
                    turn.from(),
                    0,
                    () -> turn + " runs behind turn " + shard.turn()
                            + " of its shard, and its number or time is smaller: two runs overlap");
        }
        shard.turn(Math.max(shard.turn(), turn.number()), Math.max(shard.timeNs(), turn.timeNs()));
    }

    private void handle(ShardState shard, Turn turn) {
        long id = shard.headId();
        long position = shard.headPosition();
        boolean isDead = shard.dead().remove(position);
        if (shard.headIsStale() && !isDead) {
            offenders.add(
                    Check.GENERATION,
                    epoch,
                    turn.shard(),
                    position,
                    id,
                    () -> "record " + RecordView.id(id) + " (shard " + turn.shard() + ", position " + position
                            + ") was handled, and nobody lives at its address: a stale generation");
        }
        causes += shard.headCause() == 0 ? 0 : 1;
        handled += isDead ? 0 : 1;
        dead += isDead ? 1 : 0;
        if (id >>> 32 != 0) {
            handledIds.add(id);
        }
        moves.handled(shard.headTarget(), id, turn.shard(), position, turn);
        shard.handled(position);
        shard.removeHead();
    }

    private void leave(WorkerState worker, ShardState shard, Turn turn) {
        turns++;
        shard.passed(turn.to());
        worker.removeFirst();
        if (!shard.dead().isEmpty()) {
            checkDead(shard, turn);
        }
    }

    /** What is left of a turn's dead letters names no record. */
    private void checkDead(ShardState shard, Turn turn) {
        LongArrayList left = new LongArrayList();
        LongHashSet.LongIterator each = shard.dead().iterator();
        while (each.hasNext()) {
            long position = each.nextValue();
            if (position < turn.to()) {
                left.addLong(position);
            }
        }
        left.forEachLong(position -> {
            shard.dead().remove(position);
            if (position >= shard.start()) {
                offenders.add(
                        Check.DELIVERY,
                        epoch,
                        turn.shard(),
                        position,
                        0,
                        () -> "position " + position + " of shard " + turn.shard()
                                + " is said to be a dead letter, and no record begins there");
            }
        });
    }

    /** From now on causes that are not there are taken for handled: their segments were deleted by retention. */
    void forgiveMissingCauses() {
        boolean released = true;
        while (released) {
            released = false;
            advance();
            for (WorkerState worker : workers) {
                Turn turn = worker.first();
                if (turn != null && worker.waitsFor() == Wait.CAUSE) {
                    long cause = shards[turn.shard()].headCause();
                    released |= shardOf(cause) < 0 && handledIds.add(cause);
                }
            }
        }
    }

    /** The shard where a record waits for its turn; −1 if it does not. */
    int shardOf(long id) {
        for (int s = 0; s < shards.length; s++) {
            if (shards[s].positionOf(id) >= 0) {
                return s;
            }
        }
        return -1;
    }

    /** The worker with a waiting turn that covers a position; −1 if there is none. */
    int workerCovering(int shard, long position) {
        for (int w = 0; w < workers.length; w++) {
            @Nullable Turn turn = workers[w].covering(shard, position);
            if (turn != null) {
                return w;
            }
        }
        return -1;
    }

    long turns() {
        return turns;
    }

    long handled() {
        return handled;
    }

    long dead() {
        return dead;
    }

    long causes() {
        return causes;
    }
}
