package org.talaria.journal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.WorkerState.Turn;

/** Says why an {@link Execution} could not go on: follows who waits for whom, to a cycle or to something that is missing. */
final class Contradictions {
    private final int epoch;
    private final Execution execution;
    private final Offenders offenders;
    private final SenderChecks senders;
    private final boolean cut;
    private final boolean writeAhead;
    private final boolean[] reported;

    Contradictions(
            int epoch,
            Execution execution,
            Offenders offenders,
            SenderChecks senders,
            boolean cut,
            boolean writeAhead) {
        this.epoch = epoch;
        this.execution = execution;
        this.offenders = offenders;
        this.senders = senders;
        this.cut = cut;
        this.writeAhead = writeAhead;
        reported = new boolean[execution.workers()];
    }

    /** Reports all of them; true if turns are left that nothing refutes, because what they wait for lies behind the cut. */
    boolean find() {
        boolean open = false;
        for (int w = 0; w < execution.workers(); w++) {
            if (execution.worker(w).first() != null && !reported[w]) {
                open |= follow(w);
            }
        }
        return open;
    }

    private boolean follow(int from) {
        List<Integer> path = new ArrayList<>();
        int worker = from;
        while (worker >= 0 && !path.contains(worker)) {
            path.add(worker);
            worker = next(worker);
        }
        if (worker < 0) {
            return missing(path.get(path.size() - 1));
        }
        cycle(path.subList(path.indexOf(worker), path.size()));
        return false;
    }

    /** The worker whose waiting turn provides what the first turn of this one waits for; −1 if no known turn does. */
    private int next(int w) {
        WorkerState worker = execution.worker(w);
        Turn turn = worker.first();
        if (turn == null) {
            return -1;
        }
        ShardState shard = execution.shard(turn.shard());
        switch (worker.waitsFor()) {
            case SHARD -> {
                return shard.owner() >= 0 ? shard.owner() : execution.workerCovering(turn.shard(), shard.handled());
            }
            case CAUSE -> {
                int on = execution.shardOf(shard.headCause());
                return on < 0
                        ? -1
                        : execution.workerCovering(on, execution.shard(on).positionOf(shard.headCause()));
            }
            default -> {
                return -1;
            }
        }
    }

    private void cycle(List<Integer> workers) {
        for (int w : workers) {
            if (!reported[w]) {
                reported[w] = true;
                Turn turn = turnOf(w);
                boolean cause = execution.worker(w).waitsFor() == WorkerState.Wait.CAUSE;
                ShardState shard = execution.shard(turn.shard());
                add(
                        cause ? Check.CAUSE : Check.TURNS,
                        turn,
                        cause ? shard.headId() : 0,
                        () -> cause
                                ? early(turn, shard)
                                : turn + " ran before the turn that handled position " + shard.handled()
                                        + " of its shard: two runs overlap");
            }
        }
    }

    private Turn turnOf(int worker) {
        return java.util.Objects.requireNonNull(execution.worker(worker).first());
    }

    private String early(Turn turn, ShardState shard) {
        return "record " + RecordView.id(shard.headId()) + " was handled in " + turn + ", before its cause "
                + RecordView.id(shard.headCause());
    }

    /** Something no turn provides: lost, or behind the cut. */
    private boolean missing(int w) {
        if (reported[w]) {
            return false;
        }
        reported[w] = true;
        Turn turn = turnOf(w);
        ShardState shard = execution.shard(turn.shard());
        switch (execution.worker(w).waitsFor()) {
            case SHARD -> {
                if (cut) {
                    return true;
                }
                add(
                        Check.TURNS,
                        turn,
                        shard.waiting() > 0 ? shard.headId() : 0,
                        () -> "positions " + shard.handled() + " to " + turn.from() + " of shard " + turn.shard()
                                + " were handled in no turn");
            }
            case BLOCK -> {
                if (cut && !writeAhead) {
                    return true;
                }
                add(
                        writeAhead ? Check.WRITE_AHEAD : Check.POSITIONS,
                        turn,
                        0,
                        () -> turn + " handled records that are not in the journal, which ends at "
                                + shard.journaled());
            }
            case CAUSE -> {
                if (cut) {
                    return true;
                }
                causeMissing(turn, shard);
            }
            default -> throw new IllegalStateException("a turn waits for nothing: " + turn);
        }
        return false;
    }

    private void causeMissing(Turn turn, ShardState shard) {
        long effect = shard.headId();
        long cause = shard.headCause();
        int on = execution.shardOf(cause);
        if (on >= 0) {
            long position = execution.shard(on).positionOf(cause);
            offenders.add(
                    Check.TURNS,
                    epoch,
                    on,
                    position,
                    cause,
                    () -> "record " + RecordView.id(cause) + " (shard " + on + ", position " + position
                            + ") was handled in no turn, and its effect " + RecordView.id(effect) + " was handled in "
                            + turn);
            return;
        }
        add(
                Check.CAUSE,
                turn,
                effect,
                () -> "record " + RecordView.id(effect) + " (shard " + turn.shard() + ", position "
                        + shard.headPosition() + ") was handled, and its cause " + RecordView.id(cause)
                        + (senders.wasSeen(cause) ? " was not" : " is not in the journal"));
    }

    private void add(Check check, Turn turn, long id, Supplier<String> text) {
        offenders.add(check, epoch, turn.shard(), turn.from(), id, text);
    }
}
