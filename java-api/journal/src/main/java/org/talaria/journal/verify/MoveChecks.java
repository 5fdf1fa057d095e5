package org.talaria.journal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex.Moved;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.EpochInfo.Lane;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.Stays;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.WorkerState.Turn;

/**
 * What is promised of endpoints that move (R19): nothing of a stay is handled before the last of the one before. That is held against the times of turns, and against what the turn
 * logs say of each move. Not looked at are records whose turn stands in the journal before the first word of their endpoint's first move. Some 200 bytes a stay.
 */
final class MoveChecks {
    /** A record and the turn that handled it. */
    private record Handled(long id, int ring, long position, Turn turn) {
        @Override
        public String toString() {
            return "record " + RecordView.id(id) + " was handled in " + turn;
        }
    }

    /** The first and the last that was handled of a stay. */
    private static final class Span {
        private Handled first;
        private Handled last;

        Span(Handled only) {
            first = only;
            last = only;
        }

        void add(Handled handled) {
            first = handled.turn().number() < first.turn().number() ? handled : first;
            last = handled.turn().number() > last.turn().number() ? handled : last;
        }
    }

    private final int epoch;
    private final List<Lane> lanes;
    private final Directory directory;
    private final Offenders offenders;
    private final Long2ObjectHashMap<NavigableMap<Integer, Span>> spans = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<List<Moved>> logged = new Long2ObjectHashMap<>();
    private long moves;

    MoveChecks(EpochInfo info, Directory directory, Offenders offenders) {
        epoch = info.epoch();
        lanes = info.lanes();
        this.directory = directory;
        this.offenders = offenders;
    }

    /** An endpoint's key here. */
    static long key(int index, int generation) {
        return (long) index << 32 | generation;
    }

    /** A record was handled, or became a dead letter. */
    void handled(long endpoint, long id, int ring, long position, Turn turn) {
        Stays stays = stays(endpoint);
        int stay = stays == null ? -1 : stays.at(lanes.get(ring), position);
        if (stay < 0) {
            return;
        }
        NavigableMap<Integer, Span> known = spans.computeIfAbsent(endpoint, key -> new TreeMap<>());
        Span span = known.get(stay);
        if (span == null) {
            known.put(stay, new Span(new Handled(id, ring, position, turn)));
        } else if (turn.number() > span.last.turn().number()
                || turn.number() < span.first.turn().number()) {
            span.add(new Handled(id, ring, position, turn));
        }
    }

    /** A turn log tells of a move. */
    void moved(Moved move) {
        moves++;
        logged.computeIfAbsent(key(move.index(), move.generation()), key -> new ArrayList<>())
                .add(move);
    }

    /** Moves that turn logs tell of. */
    long moves() {
        return moves;
    }

    private @Nullable Stays stays(long endpoint) {
        return directory.stays((int) (endpoint >> 32), (int) endpoint);
    }

    private String name(long endpoint) {
        return TargetChecks.who(directory, (int) (endpoint >> 32), (int) endpoint);
    }

    /**
     * The epoch's last excerpt was read.
     *
     * @param begins whether the epoch's first excerpt was read too: else turn logs may have been deleted
     * @param ends whether the epoch's end was read: else turn logs may not have been journaled
     */
    void finish(boolean begins, boolean ends) {
        spans.forEach(this::times);
        if (!begins) {
            return;
        }
        logged.forEach((endpoint, facts) -> follow(endpoint, facts, ends));
        if (ends) {
            spans.keySet().stream()
                    .filter(endpoint -> !logged.containsKey(endpoint))
                    .forEach(endpoint -> follow(endpoint, List.of(), true));
        }
    }

    private void times(long endpoint, NavigableMap<Integer, Span> stays) {
        Handled before = null;
        for (Span span : stays.values()) {
            if (before != null && span.first.turn().timeNs() < before.turn().timeNs()) {
                String late = before.toString();
                add(
                        span.first,
                        () -> span.first + ", before " + late + ", where " + name(endpoint) + " lived before it moved");
            }
            before = span.last;
        }
    }

    /** Holds the moves that turn logs tell of against those that were announced. */
    private void follow(long endpoint, List<Moved> facts, boolean ends) {
        Stays stays = stays(endpoint);
        List<Stays.Move> announced = stays == null ? List.of() : stays.moves();
        MoveChain chain = new MoveChain(facts);
        int stay = 0;
        boolean whole = true;
        for (int i = 0; i < announced.size() && whole; i++) {
            Stays.Move move = announced.get(i);
            Moved fact = wasDone(stays, i, chain) ? chain.next(move.from(), move.to()) : null;
            if (fact != null) {
                turns(endpoint, fact, stay, move.number());
                stay = move.number();
            } else if (stays != null && wasDone(stays, i, chain) || span(endpoint, move.number()) != null) {
                whole = false;
                missing(endpoint, move, ends);
            }
        }
        if (whole && ends && chain.left() > 0) {
            offenders.add(
                    Check.TURNS,
                    epoch,
                    "turn logs tell of " + chain.left() + " moves of " + name(endpoint) + " that nothing announced");
        }
    }

    /** Of the last move that was announced only a turn log says that it was done. */
    private static boolean wasDone(@Nullable Stays stays, int i, MoveChain chain) {
        return stays != null && (i == stays.moves().size() - 1 ? chain.left() > 0 : stays.happened(i));
    }

    private @Nullable Span span(long endpoint, int stay) {
        Map<Integer, Span> known = spans.get(endpoint);
        return known == null ? null : known.get(stay);
    }

    private void turns(long endpoint, Moved fact, int before, int stay) {
        Span old = span(endpoint, before);
        Span next = span(endpoint, stay);
        if (old != null && old.last.turn().number() > fact.fromTurn()) {
            add(
                    old.last,
                    () -> old.last + ", and " + name(endpoint) + " had moved to shard " + fact.to() + " behind turn "
                            + fact.fromTurn());
        }
        if (next != null && next.first.turn().number() <= fact.toTurn()) {
            add(
                    next.first,
                    () -> next.first + ", and " + name(endpoint) + " moved there from shard " + fact.from()
                            + " behind turn " + fact.toTurn());
        }
    }

    private void missing(long endpoint, Stays.Move move, boolean ends) {
        if (ends) {
            EndpointInfo info = directory.endpoint((int) (endpoint >> 32), (int) endpoint);
            offenders.add(
                    Check.TURNS,
                    epoch,
                    (info == null ? "an endpoint" : info.name()) + " moved from shard " + move.from() + " to shard "
                            + move.to() + ", and no turn log says so in its place");
        }
    }

    private void add(Handled handled, java.util.function.Supplier<String> text) {
        offenders.add(Check.TURNS, epoch, handled.ring(), handled.position(), handled.id(), text);
    }
}
