package org.talaria.journal.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.read.Damage;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.RecordCursor;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.TurnCursor;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Unpacker;
import org.talaria.journal.verify.Offender.Check;

/** All checks of one run of an engine. */
final class EpochChecks {
    private final EpochInfo info;
    private final int epoch;
    private final Directory directory;
    private final Offenders offenders;
    private final Tally tally;
    private final boolean trimmed;
    private final SenderChecks senders;
    private final TargetChecks targets;
    private final MoveChecks moves;
    private final Execution execution;
    private final RecordCursor records = new RecordCursor();
    private final TurnCursor entries = new TurnCursor();
    private boolean ended;

    EpochChecks(EpochInfo info, Directory directory, Offenders offenders, Tally tally) {
        this.info = info;
        this.directory = directory;
        this.offenders = offenders;
        this.tally = tally;
        epoch = info.epoch();
        trimmed = !info.begins();
        senders = new SenderChecks(info, directory, offenders);
        targets = new TargetChecks(info, directory, offenders);
        moves = new MoveChecks(info, directory, offenders);
        execution = new Execution(info, moves, offenders);
    }

    void accept(Excerpt excerpt) {
        if (ended) {
            offenders.add(Check.INTEGRITY, epoch, excerpt.place() + " stands behind the end of its epoch");
        }
        switch (excerpt.kind()) {
            case ExcerptDescriptor.BLOCK -> block(excerpt);
            case ExcerptDescriptor.TURNS -> turns(excerpt);
            case ExcerptDescriptor.END -> end(excerpt);
            default -> {
                // The directory has it.
            }
        }
        execution.advance();
    }

    private void block(Excerpt block) {
        int at = block.shard();
        if (at < 0 || at >= execution.shards() || block.lane() != 0) {
            offenders.add(
                    Check.POSITIONS,
                    epoch,
                    block.place() + " is of shard " + at + ", lane " + block.lane()
                            + ", which the engine does not have");
            return;
        }
        ShardState shard = execution.shard(at);
        join(block, shard, at);
        tally.block(block.bodyBytes());
        records.wrap(block);
        RecordView record = records.next();
        while (record != null) {
            accept(record);
            record = records.next();
        }
        String fault = records.fault();
        if (fault != null || records.position() != block.to()) {
            String what = fault == null ? "records up to position " + records.position() : fault;
            offenders.add(
                    Check.POSITIONS,
                    epoch,
                    at,
                    block.from(),
                    0,
                    () -> block.place() + " says it ends at position " + block.to() + " and has " + what);
        }
        shard.journaled(Math.max(shard.journaled(), block.to()));
    }

    private void join(Excerpt block, ShardState shard, int at) {
        if (block.from() == shard.journaled()) {
            return;
        }
        boolean gap = block.from() > shard.journaled();
        offenders.add(
                Check.POSITIONS,
                epoch,
                at,
                block.from(),
                0,
                () -> block.place() + " begins at position " + block.from() + " of shard " + at
                        + ", and the one before ended at " + shard.journaled() + (gap ? ": a gap" : ": an overlap"));
    }

    /** What the engine counted itself: finds even the last message of a sender, behind which no gap shows. */
    private void end(Excerpt end) {
        ended = true;
        Unpacker body = new Unpacker(end.body(), end.bodyBytes());
        for (int s = 0; s < execution.shards() && body.hasMore(); s++) {
            ShardState shard = execution.shard(s);
            int at = s;
            long journaled = body.getLong();
            long counted = body.getLong();
            if (journaled != shard.journaled()) {
                offenders.add(
                        Check.POSITIONS,
                        epoch,
                        s,
                        journaled,
                        0,
                        () -> "shard " + at + " was journaled up to position " + journaled + ", and its blocks end at "
                                + shard.journaled());
            }
            if (!trimmed && counted != shard.counted()) {
                offenders.add(
                        Check.LOSS,
                        epoch,
                        s,
                        -1,
                        0,
                        () -> "the engine counted " + counted + " records on shard " + at + ", and the journal has "
                                + shard.counted());
            }
        }
    }

    private void accept(RecordView record) {
        execution.shard(record.shard()).count();
        tally.record(record.isControl());
        senders.accept(record);
        execution.record(record, targets.isStale(record));
    }

    private void turns(Excerpt turns) {
        int at = turns.shard();
        if (at < 0 || at >= execution.workers()) {
            offenders.add(
                    Check.TURNS, epoch, turns.place() + " is of worker " + at + ", which the engine does not have");
            return;
        }
        WorkerState worker = execution.worker(at);
        if (worker.logEnd() >= 0 ? turns.from() != worker.logEnd() : !trimmed && turns.from() != 0) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    turns.place() + " begins at " + turns.from() + " of worker " + at
                            + "'s turn log, which was read up to " + Math.max(0, worker.logEnd()));
        }
        worker.logEnd(turns.to());
        entries.wrap(turns);
        while (entries.next()) {
            entry(at);
        }
        String fault = entries.fault();
        if (fault != null) {
            offenders.add(Check.TURNS, epoch, turns.place() + " has " + fault);
        }
    }

    private void entry(int worker) {
        switch (entries.type()) {
            case TurnLogDescriptor.TURN -> turn(worker);
            case TurnLogDescriptor.DEAD -> {
                int shard = entries.intAt(TurnLogDescriptor.DEAD_SHARD);
                if (knows(shard)) {
                    execution.dead(shard, entries.longAt(TurnLogDescriptor.DEAD_POSITION));
                }
            }
            case TurnLogDescriptor.REPLY -> tally.reply();
            case TurnLogDescriptor.OUTCOME -> tally.refusal();
            case TurnLogDescriptor.MOVED -> moves.moved(EpochIndex.moved(entries));
            default ->
                offenders.add(
                        Check.TURNS,
                        epoch,
                        "worker " + worker + "'s turn log has an entry of unknown type " + entries.type());
        }
    }

    private void turn(int worker) {
        WorkerState.Turn turn = new WorkerState.Turn(
                entries.intAt(TurnLogDescriptor.TURN_WORKER),
                entries.intAt(TurnLogDescriptor.TURN_SHARD),
                entries.longAt(TurnLogDescriptor.TURN_NUMBER),
                entries.longAt(TurnLogDescriptor.TURN_FROM),
                entries.longAt(TurnLogDescriptor.TURN_TO),
                entries.longAt(TurnLogDescriptor.TURN_TIME_NS));
        if (!knows(turn.shard())) {
            return;
        }
        if (turn.worker() != worker || turn.from() > turn.to()) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    turn.shard(),
                    turn.from(),
                    0,
                    () -> turn + " in the log of worker " + worker + " cannot be");
            return;
        }
        ShardState shard = execution.shard(turn.shard());
        if (info.writeAhead() && turn.to() > shard.journaled()) {
            offenders.add(
                    Check.WRITE_AHEAD,
                    epoch,
                    turn.shard(),
                    turn.to(),
                    0,
                    () -> turn + " is journaled before its records, of which the journal has those up to "
                            + shard.journaled());
        }
        execution.turn(turn);
    }

    private boolean knows(int shard) {
        boolean known = shard >= 0 && shard < execution.shards();
        if (!known) {
            offenders.add(Check.TURNS, epoch, "a turn log names shard " + shard + ", which the engine does not have");
        }
        return known;
    }

    /**
     * The epoch's last excerpt was read.
     *
     * @param damage where it was cut, null if its segments simply end
     * @return what limits the proof, for a person
     */
    List<String> finish(@Nullable Damage damage) {
        List<String> limits = new ArrayList<>();
        if (trimmed) {
            execution.forgiveMissingCauses();
            limits.add(
                    "epoch " + epoch + " is checked from segment " + info.segment()
                            + " on: retention deleted what was before; its senders' sequences are not checked for gaps, nor moves against the turn logs");
        }
        senders.successions();
        moves.finish(!trimmed, ended);
        boolean refuted = offenders.count() > 0;
        boolean cut = !ended;
        new Contradictions(epoch, execution, offenders, senders, cut || refuted, info.writeAhead()).find();
        long left = left();
        if (cut) {
            limits.add(cutText(damage, left));
        } else if (!refuted) {
            delivered(left);
            if (!trimmed) {
                senders.finish(directory);
            }
        } else if (!trimmed) {
            senders.finish(directory);
        }
        tally.epoch(execution, moves, senders, targets, directory);
        return limits;
    }

    boolean isCut() {
        return !ended;
    }

    private long left() {
        long left = 0;
        for (int s = 0; s < execution.shards(); s++) {
            left += execution.shard(s).waiting();
        }
        return left;
    }

    private String cutText(@Nullable Damage damage, long left) {
        String where = damage == null
                ? "its engine was killed, or is still running"
                : "segment " + damage.segment() + ", file offset " + damage.fileOffset() + ": " + damage.text();
        return "epoch " + epoch + " has no end: " + where
                + ". Everything before is proved; what came behind is not in the journal"
                + (left > 0 ? "; " + left + " journaled records are not known to be handled" : "");
    }

    private void delivered(long left) {
        for (int s = 0; s < execution.shards() && left > 0; s++) {
            ShardState shard = execution.shard(s);
            int at = s;
            if (shard.waiting() > 0 && offenders.count() == 0) {
                offenders.add(
                        Check.DELIVERY,
                        epoch,
                        s,
                        shard.headPosition(),
                        shard.headId(),
                        () -> shard.waiting() + " records of shard " + at
                                + " were neither handled nor became dead letters, the first at position "
                                + shard.headPosition() + ": " + RecordView.id(shard.headId()));
            }
        }
    }
}
