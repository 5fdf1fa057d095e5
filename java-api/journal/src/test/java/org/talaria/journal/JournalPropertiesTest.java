package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.JournalForge.Turn;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Random engines are proved, and one random record or turn less refutes them. */
class JournalPropertiesTest {
    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void healthyIsProvedAndOneRecordLessIsNot(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int shards,
            @ForAll @IntRange(min = 1, max = 4) int workers)
            throws IOException {
        Path folder = Files.createTempDirectory("talaria-journal");
        try {
            Path healthy = folder.resolve("healthy");
            try (FakeEngine engine = new FakeEngine(Journal.at(healthy), seed, shards, workers, 64 << 10)) {
                engine.spawn(7);
                engine.run(1_500);
                engine.drain();
            }
            expect(healthy, Verdict.Result.PROVED);
            JournalForge dropped = JournalForge.of(healthy);
            Record record = dropped.records()
                    .get((int) Math.floorMod(seed, (long) dropped.records().size()));
            record.drop();
            dropped.write(folder.resolve("dropped"));
            expect(folder.resolve("dropped"), Verdict.Result.REFUTED);
            JournalForge shifted = JournalForge.of(healthy);
            Turn turn = shifted.turns()
                    .get((int) Math.floorMod(seed, (long) shifted.turns().size()));
            turn.put(TurnLogDescriptor.TURN_TO, turn.get(TurnLogDescriptor.TURN_TO) + 8);
            shifted.write(folder.resolve("shifted"));
            expect(folder.resolve("shifted"), Verdict.Result.REFUTED);
        } finally {
            delete(folder);
        }
    }

    private static void expect(Path journal, Verdict.Result wanted) {
        Verdict verdict = Verifier.verify(journal, Options.defaults(), Progress.NONE);
        assertEquals(wanted, verdict.result(), verdict.text());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
