package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What the journaler writes of a healthy engine is proved. */
class HealthyJournalTest {
    @TempDir
    Path folder;

    static Verdict verify(Path journal) {
        return Verifier.verify(journal, Options.defaults(), Progress.NONE);
    }

    @ParameterizedTest
    @EnumSource(Journal.Mode.class)
    void shouldProveManySeeds(Journal.Mode mode) {
        for (int seed = 1; seed <= 6; seed++) {
            Path path = folder.resolve("j" + seed);
            long sent;
            try (FakeEngine engine =
                    new FakeEngine(Journal.at(path).mode(mode), seed, 1 + seed, 1 + seed % 3, 64 << 10)) {
                engine.spawn(20);
                engine.run(3_000);
                engine.replace(3);
                engine.replace(7);
                engine.sendStale();
                engine.run(3_000);
                engine.drain();
                sent = engine.sent;
                assertNull(engine.failure.get());
            }
            Verdict verdict = verify(path);
            assertEquals(Verdict.Result.PROVED, verdict.result(), "seed " + seed + ": " + verdict.text());
            assertEquals(sent, verdict.figures().messages());
            assertEquals(sent, verdict.figures().handled() + verdict.figures().dead());
        }
    }

    @Test
    void shouldProveSeveralEpochsAndSegments() {
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (FakeEngine engine = new FakeEngine(Journal.at(folder).rollBytes(1 << 20), epoch, 4, 2, 256 << 10)) {
                engine.spawn(5);
                engine.run(40_000);
                engine.drain();
            }
        }
        Verdict verdict = verify(folder);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertEquals(3, verdict.figures().epochs());
        assertEquals(true, verdict.figures().segments() > 6, verdict.text());
    }
}
