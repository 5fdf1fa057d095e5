package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.JournalForge.Turn;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.verify.Offender;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Each fault, seeded into a healthy journal with right checksums, is refuted, and the offender is named. */
class SeededFaultsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private JournalForge forge;
    private List<Record> records;

    @BeforeAll
    static void writeHealthy() {
        Fault.healthy(shared.resolve("healthy"));
    }

    @org.junit.jupiter.api.BeforeEach
    void open() {
        forge = JournalForge.of(shared.resolve("healthy"));
        records = forge.records();
    }

    private Verdict verify() throws IOException {
        forge.write(folder);
        return Verifier.verify(folder, Options.defaults(), Progress.NONE);
    }

    private Offender refuted(Check check) throws IOException {
        Verdict verdict = verify();
        assertEquals(Verdict.Result.REFUTED, verdict.result(), verdict.text());
        assertEquals(1, verdict.exitCode());
        return verdict.offenders().stream()
                .filter(offender -> offender.check() == check)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no offender of " + check + " in " + verdict.text()));
    }

    @Test
    void shouldProveWhatWasNotChanged() throws IOException {
        Verdict verdict = verify();
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertEquals(0, verdict.exitCode());
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuteAndName(Fault fault) throws IOException {
        Fault.Seeded seeded = fault.seed(shared.resolve("healthy"), folder);
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.REFUTED, verdict.result(), verdict.text());
        assertEquals(1, verdict.exitCode());
        List<Offender> offenders = verdict.offenders().stream()
                .filter(offender -> offender.check() == seeded.check())
                .toList();
        if (fault == Fault.FLIPPED_BYTE) {
            // What a damaged excerpt says is not believed, so nothing in it is named but its place.
            assertTrue(offenders.get(0).text().contains("segment 1, "), verdict.text());
        } else if (seeded.recordId() == 0) {
            assertEquals(seeded.shard(), offenders.get(0).shard(), verdict.text());
            assertEquals(seeded.position(), offenders.get(0).position(), verdict.text());
        } else {
            assertTrue(
                    offenders.stream().anyMatch(offender -> offender.recordId() == seeded.recordId()),
                    () -> seeded + " is not named: " + verdict.text());
        }
    }

    @Test
    void shouldRefuteADroppedLastMessage() throws IOException {
        // Behind the last message of a sender no gap shows.
        Record dropped = records.stream()
                .filter(record -> record.sender() == 2)
                .max(java.util.Comparator.comparingLong(Record::id))
                .orElseThrow();
        int shard = dropped.shard();
        dropped.drop();
        assertEquals(shard, refuted(Check.LOSS).shard());
    }

    @Test
    void shouldRefuteTurnsOfOneShardThatOverlapInTime() throws IOException {
        Turn turn = forge.turns().get(30);
        turn.put(TurnLogDescriptor.TURN_TIME_NS, 1);
        assertTrue(refuted(Check.TURNS).text().contains("turn " + turn.get(TurnLogDescriptor.TURN_NUMBER)));
    }

    @Test
    void shouldRefuteTurnsOfTwoWorkersThatCross() throws IOException {
        // The log of a worker says in which order it ran its turns: two of them, exchanged, cannot be what happened.
        Map<Integer, List<Turn>> logs =
                forge.turns().stream().collect(Collectors.groupingBy(turn -> turn.item().shard));
        List<Turn> log = logs.get(0);
        Turn[] pair = null;
        for (int i = 20; pair == null && i < log.size(); i++) {
            for (int j = i + 1; pair == null && j < log.size(); j++) {
                pair = log.get(i).shard() == log.get(j).shard() ? new Turn[] {log.get(i), log.get(j)} : null;
            }
        }
        for (int field :
                new int[] {TurnLogDescriptor.TURN_FROM, TurnLogDescriptor.TURN_TO, TurnLogDescriptor.TURN_NUMBER}) {
            long first = pair[0].get(field);
            pair[0].put(field, pair[1].get(field));
            pair[1].put(field, first);
        }
        assertEquals(pair[0].shard(), refuted(Check.TURNS).shard());
    }

    @Test
    void shouldRefuteAnEffectBeforeItsCauseOnOneShard() throws IOException {
        Record[] pair = JournalForge.pair(records, (a, b) -> a.hasCause() && a.shard() == b.shard());
        pair[0].cause(pair[1].id());
        assertEquals(pair[0].id(), refuted(Check.CAUSE).recordId());
    }

    @Test
    void shouldRefuteACauseThatIsNotThere() throws IOException {
        Record effect = JournalForge.find(records, Record::hasCause);
        effect.cause(99L << 32 | 1);
        assertEquals(effect.id(), refuted(Check.CAUSE).recordId());
    }

    @Test
    void shouldRefuteADoubledBlock() throws IOException {
        JournalForge.Item block = forge.items.stream()
                .filter(item -> item.kind == ExcerptDescriptor.BLOCK)
                .findFirst()
                .orElseThrow();
        forge.items.add(forge.items.indexOf(block) + 1, block);
        assertEquals(block.shard, refuted(Check.POSITIONS).shard());
    }

    @Test
    void shouldRefuteATurnThatIsMissing() throws IOException {
        Turn turn = forge.turns().get(25);
        // The entry becomes padding: its positions were then handled by nobody.
        turn.item().body.putInt(turn.offset() + 4, -1);
        assertEquals(turn.shard(), refuted(Check.TURNS).shard());
    }

    @Test
    void shouldRefuteMessagesThatNobodyHandled() throws IOException {
        Function<Turn, Long> end = turn -> turn.get(TurnLogDescriptor.TURN_TO);
        List<Turn> ofShard =
                forge.turns().stream().filter(turn -> turn.shard() == 1).toList();
        Turn last = ofShard.stream().max(java.util.Comparator.comparing(end)).orElseThrow();
        last.item().body.putInt(last.offset() + 4, -1);
        assertEquals(1, refuted(Check.DELIVERY).shard());
    }

    @Test
    void shouldRefuteAMissingSegment() throws IOException {
        Path journal = folder.resolve("rolled");
        try (FakeEngine engine = new FakeEngine(Journal.at(journal).rollBytes(1 << 20), 1, 2, 1, 256 << 10)) {
            engine.spawn(4);
            engine.run(60_000);
            engine.drain();
        }
        org.talaria.journal.store.Segments.delete(journal, 2);
        Verdict verdict = Verifier.verify(journal, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.REFUTED, verdict.result(), verdict.text());
        assertTrue(verdict.text().contains("segments 2 to 2 are missing"), verdict.text());
    }
}
