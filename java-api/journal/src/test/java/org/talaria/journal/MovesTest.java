package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.read.EntryTag;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.HandlingOrder;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.Step;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Segments;
import org.talaria.journal.verify.Offender;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Endpoints that move (R19): the journal of a healthy engine is proved; each way in which a move can be wrong is refuted and named. */
class MovesTest {
    /** Gives the third and the fourth message one length. */
    private static final long SEED = 2;

    private static final int WALKER = 0;
    private static final int SETTLER = 1;

    @TempDir
    Path folder;

    private static Verdict verify(Path journal) {
        return Verifier.verify(journal, Options.defaults(), Progress.NONE);
    }

    /** Two shards, a worker for each, an endpoint that goes there and back, and one that stays beside its first shard. */
    private final class Walk {
        final int home;
        final int away;
        final JournalForge forge;

        Walk() {
            Path healthy = folder.resolve("healthy");
            try (FakeEngine engine = new FakeEngine(Journal.at(healthy), SEED, 2, 2, 64 << 10)) {
                engine.spawn(2);
                home = engine.shardOf(WALKER);
                away = 1 - home;
                send(engine, home);
                engine.move(WALKER, away, home);
                send(engine, away);
                engine.move(WALKER, home, away);
                send(engine, home);
                engine.drain();
            }
            assertEquals(Verdict.Result.PROVED, verify(healthy).result());
            forge = JournalForge.of(healthy);
        }

        /** Three messages in a turn each; their shard has one worker. */
        private void send(FakeEngine engine, int shard) {
            for (int i = 0; i < 3; i++) {
                assertTrue(engine.sendTo(WALKER));
                engine.turn(shard, shard);
                engine.writer.flush();
            }
        }

        /** The n-th message of thread 1 to the walker. */
        Record message(int n) {
            return forge.records().stream()
                    .filter(record -> record.id() == (1L << 32 | n))
                    .findFirst()
                    .orElseThrow();
        }

        Offender refuted(Check check, String text) throws IOException {
            Path wrong = folder.resolve("wrong");
            forge.write(wrong);
            Verdict verdict = verify(wrong);
            assertEquals(Verdict.Result.REFUTED, verdict.result(), verdict.text());
            return verdict.offenders().stream()
                    .filter(offender ->
                            offender.check() == check && offender.text().contains(text))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such offender in " + verdict.text()));
        }
    }

    @ParameterizedTest
    @EnumSource(Journal.Mode.class)
    void shouldProveManySeeds(Journal.Mode mode) {
        for (int seed = 1; seed <= 6; seed++) {
            Path path = folder.resolve("j" + seed);
            long moves;
            try (FakeEngine engine =
                    new FakeEngine(Journal.at(path).mode(mode), seed, 1 + seed, 1 + seed % 3, 64 << 10)) {
                engine.spawn(10);
                engine.moveAbout(4);
                engine.run(3_000);
                engine.replace(3);
                engine.sendStale();
                engine.run(3_000);
                engine.drain();
                assertNull(engine.failure.get());
                moves = engine.moves;
            }
            Verdict verdict = verify(path);
            assertEquals(Verdict.Result.PROVED, verdict.result(), "seed " + seed + ": " + verdict.text());
            assertTrue(moves > 20, () -> "moves: " + moves);
            assertEquals(moves, verdict.figures().moves());
        }
    }

    @Test
    void shouldRefuteTwoStaysInEachOthersPlace() throws IOException {
        Walk walk = new Walk();
        // The last before the move and the first behind it: the order within each shard still holds.
        Record last = walk.message(3);
        Record first = walk.message(4);
        assertEquals(last.shard(), walk.home);
        assertEquals(first.shard(), walk.away);
        exchange(last, first);
        assertEquals(
                first.shard(),
                walk.refuted(Check.ORDER, "comes behind message 1:4").shard());
    }

    private static void exchange(Record one, Record other) {
        byte[] bytes = one.bytes();
        assertEquals(bytes.length, other.length(), "the seed gives them one length");
        one.bytes(other.bytes());
        other.bytes(bytes);
    }

    /** The later stay's block stands first in the journal. */
    @Test
    void shouldRefuteThemWhicheverIsReadFirst() throws IOException {
        Walk walk = new Walk();
        exchange(walk.message(3), walk.message(4));
        JournalForge.Item late = walk.message(4).block();
        JournalForge.Item early = walk.message(3).block();
        assertEquals(walk.home, late.shard);
        walk.forge.items.remove(late);
        walk.forge.items.add(walk.forge.items.indexOf(early) + 1, late);
        assertEquals(walk.home, walk.refuted(Check.ORDER, "message 1:3").shard());
    }

    @Test
    void shouldRefuteAMessageOnAShardBeforeItsReceiverCame() throws IOException {
        Path journal = folder.resolve("early");
        JournalForge forge;
        int away;
        try (FakeEngine engine = new FakeEngine(Journal.at(journal), 1, 2, 2, 64 << 10)) {
            engine.spawn(8);
            away = 1 - engine.shardOf(WALKER);
            for (int i = 0; i < 8; i++) {
                engine.sendTo(i);
            }
            engine.drain();
            engine.move(WALKER, away, 0);
            engine.sendTo(WALKER);
            engine.drain();
        }
        forge = JournalForge.of(journal);
        Record early = forge.records().stream()
                .filter(record -> record.shard() == away)
                .findFirst()
                .orElseThrow();
        early.target(WALKER, 1);
        forge.write(folder.resolve("wrong"));
        Verdict verdict = verify(folder.resolve("wrong"));
        assertTrue(
                verdict.offenders().stream()
                        .anyMatch(offender -> offender.check() == Check.SHARD && offender.recordId() == early.id()),
                verdict.text());
    }

    @Test
    void shouldRefuteAMessageHandledBehindTheMove() throws IOException {
        Walk walk = new Walk();
        // Behind the move's own turn three more handled three messages there.
        walk.forge.moves().get(1).putLong(TurnLogDescriptor.MOVED_FROM_TURN, 3);
        Offender offender = walk.refuted(Check.TURNS, "had moved to shard " + walk.home + " behind turn 3");
        assertEquals(walk.away, offender.shard());
    }

    @Test
    void shouldRefuteAMessageHandledBeforeTheMove() throws IOException {
        Walk walk = new Walk();
        // The first turn of the other shard is the move's own.
        walk.forge.moves().get(0).putLong(TurnLogDescriptor.MOVED_TO_TURN, 2);
        Offender offender = walk.refuted(Check.TURNS, "moved there from shard " + walk.home + " behind turn 2");
        assertEquals(walk.message(4).id(), offender.recordId());
    }

    @Test
    void shouldRefuteAMessageHandledAtAnEarlierTimeThanOneOfTheStayBefore() throws IOException {
        Walk walk = new Walk();
        // Not before the turns of its own worker and shard: nothing but the move tells.
        Record back = walk.message(7);
        List<JournalForge.Turn> turns = walk.forge.turns().stream()
                .filter(turn -> turn.shard() == walk.home && turn.get(TurnLogDescriptor.TURN_FROM) <= back.position())
                .toList();
        turns.get(turns.size() - 1)
                .put(TurnLogDescriptor.TURN_TIME_NS, turns.get(turns.size() - 2).get(TurnLogDescriptor.TURN_TIME_NS));
        Offender offender = walk.refuted(Check.TURNS, "where actor-0-1 lived before it moved");
        assertEquals(back.id(), offender.recordId());
    }

    @Test
    void shouldRefuteAMoveThatNoTurnLogTellsOf() throws IOException {
        Walk walk = new Walk();
        walk.forge.moves().get(0).drop();
        walk.refuted(
                Check.TURNS,
                "actor-0-1 moved from shard " + walk.home + " to shard " + walk.away + ", and no turn log says so");
    }

    @Test
    void shouldRefuteALastMoveThatNoTurnLogTellsOf() throws IOException {
        Walk walk = new Walk();
        walk.forge.moves().get(1).drop();
        walk.refuted(
                Check.TURNS,
                "actor-0-1 moved from shard " + walk.away + " to shard " + walk.home + ", and no turn log says so");
    }

    @Test
    void shouldRefuteAMoveThatNothingAnnounced() throws IOException {
        Walk walk = new Walk();
        walk.forge.moves().forEach(move -> move.put(TurnLogDescriptor.MOVED_ENDPOINT, SETTLER));
        walk.refuted(Check.TURNS, "turn logs tell of 2 moves of actor-1-1 that nothing announced");
        walk.refuted(Check.TURNS, "actor-0-1 moved");
    }

    @Test
    void shouldRefuteATornMove() throws IOException {
        Walk walk = new Walk();
        JournalForge.Move move = walk.forge.moves().get(0);
        move.item().body.putInt(move.offset(), 8 + TurnLogDescriptor.MOVED_BYTES - 8);
        walk.refuted(Check.TURNS, "a turn log entry of 32 bytes");
    }

    /** All turns at one time: the order is then that of the turn logs' word. */
    @Test
    void shouldOrderStaysWhereTimesAreEqual() throws IOException {
        Walk walk = new Walk();
        walk.forge.turns().forEach(turn -> turn.put(TurnLogDescriptor.TURN_TIME_NS, 1));
        // As if the first shard had run many turns before: their numbers say the contrary.
        walk.forge.turns().stream()
                .filter(turn -> turn.shard() == walk.home)
                .forEach(
                        turn -> turn.put(TurnLogDescriptor.TURN_NUMBER, turn.get(TurnLogDescriptor.TURN_NUMBER) + 100));
        walk.forge.moves().get(0).addTo(TurnLogDescriptor.MOVED_FROM_TURN, 100);
        walk.forge.moves().get(1).addTo(TurnLogDescriptor.MOVED_TO_TURN, 100);
        Path proved = folder.resolve("proved");
        walk.forge.write(proved);
        assertEquals(Verdict.Result.PROVED, verify(proved).result());
        // Nor do causes help.
        walk.forge.records().stream().filter(Record::hasCause).forEach(Record::drop);
        Path equal = folder.resolve("equal");
        walk.forge.write(equal);
        JournalIndex index = JournalIndex.of(equal);
        List<Long> order = new ArrayList<>();
        try (HandlingOrder steps = HandlingOrder.of(index, index.last())) {
            for (Step step = steps.next(); step != null; step = steps.next()) {
                if (step.record().sender() == 1) {
                    order.add(step.record().id() & Integer.MAX_VALUE);
                }
            }
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), order);
    }

    /** Where the shard that is waited for lies behind a cut, the rest is given nevertheless. */
    @Test
    void shouldGiveEverythingWhereTheMoveCannotBeFollowed() throws IOException {
        Walk walk = new Walk();
        // Each waits for the other: no engine writes this.
        walk.forge.moves().forEach(move -> {
            move.putLong(TurnLogDescriptor.MOVED_FROM_TURN, 1_000);
            move.putLong(TurnLogDescriptor.MOVED_TO_TURN, 0);
        });
        Path wrong = folder.resolve("wrong");
        walk.forge.write(wrong);
        JournalIndex index = JournalIndex.of(wrong);
        int steps = 0;
        try (HandlingOrder order = HandlingOrder.of(index, index.last())) {
            while (order.next() != null) {
                steps++;
            }
        }
        assertEquals(index.last().records(), steps);
    }

    @Test
    void shouldTellWhereAnEndpointLived() {
        Path journal = folder.resolve("told");
        try (FakeEngine engine = new FakeEngine(Journal.at(journal), 1, 3, 1, 64 << 10)) {
            engine.spawn(1);
            int home = engine.shardOf(WALKER);
            engine.move(WALKER, (home + 1) % 3, 0);
            engine.announce(WALKER, (home + 2) % 3);
            engine.move(WALKER, home, 0);
            engine.announce(WALKER, (home + 2) % 3);
            engine.drain();
            engine.writer.flush();
            EpochIndex epoch = JournalIndex.of(journal).last();
            assertEquals(
                    List.of(home, (home + 1) % 3, home),
                    epoch.shardsOf(epoch.directory().endpoint(WALKER, 1)));
            engine.move(WALKER, (home + 2) % 3, 0);
            engine.drain();
        }
        EpochIndex epoch = JournalIndex.of(journal).last();
        assertEquals(4, epoch.shardsOf(epoch.directory().endpoint(WALKER, 1)).size());
        assertEquals(Verdict.Result.PROVED, verify(journal).result());
    }

    /** Each segment repeats where endpoints live; not where they lived long ago. */
    @Test
    void shouldProveFromTheMiddleBehindRetention() throws IOException {
        long moves;
        try (FakeEngine engine =
                new FakeEngine(Journal.at(folder).rollBytes(1 << 20).retainBytes(3 << 20), 1, 4, 2, 256 << 10)) {
            engine.spawn(10);
            engine.moveAbout(5);
            for (int i = 0; i < 10; i++) {
                for (int lap = 0; lap < 10; lap++) {
                    engine.run(2_000);
                    engine.writer.flush();
                }
                engine.replace(i);
                engine.sendStale();
            }
            engine.drain();
            engine.writer.flush();
            assertNull(engine.failure.get());
            moves = engine.moves;
        }
        assertTrue(Segments.list(folder).get(0) > 1, "a segment was deleted");
        Verdict verdict = verify(folder);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertTrue(verdict.text().contains("retention deleted"), verdict.text());
        long repeated = repeatedMoves();
        assertTrue(repeated > 0 && repeated < moves / 20, () -> repeated + " of " + moves + " are said again");
    }

    /** Moves in the entries that the last segment begins with, of which only endpoints and moves come before its first block. */
    private long repeatedMoves() {
        JournalForge forge = JournalForge.of(folder);
        int last = 0;
        for (int i = 0; i < forge.items.size(); i++) {
            last = forge.items.get(i).kind == ExcerptDescriptor.START ? i : last;
        }
        JournalForge.Item entries = forge.items.subList(last, forge.items.size()).stream()
                .filter(item -> item.kind == ExcerptDescriptor.ENTRIES)
                .findFirst()
                .orElseThrow();
        return count(entries);
    }

    /** Counts entries of the one kind by walking over the others. */
    private static long count(JournalForge.Item entries) {
        long count = 0;
        java.nio.ByteBuffer body = entries.body.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN);
        while (body.hasRemaining()) {
            int tag = body.getInt();
            boolean move = tag == EntryTag.MOVES;
            count += move ? 1 : 0;
            int ints = tag == EntryTag.ENDPOINT ? 6 : tag == EntryTag.SENDER ? 3 : tag == EntryTag.SUCCEEDS ? 4 : 2;
            int strings = tag == EntryTag.ENDPOINT ? 5 : tag == EntryTag.STOPPED ? 0 : 1;
            body.position(body.position() + (move ? 5 * Integer.BYTES + 4 * Long.BYTES : ints * Integer.BYTES));
            for (int i = 0; i < (move ? 0 : strings); i++) {
                int bytes = body.getInt();
                body.position(body.position() + bytes);
            }
        }
        return count;
    }
}
