package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.store.Segments;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Segments go by size and by age, the oldest first, and none whose messages were not all handled. */
class RetentionTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private List<Integer> segments() {
        try {
            return Segments.list(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition, String what) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.onSpinWait();
        }
    }

    private void assertProvedFromTheMiddle() {
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertTrue(verdict.text().contains("retention deleted"), verdict.text());
        assertTrue(
                Show.of(folder).each(Filter.all(), message -> message.endpoint().startsWith("actor-")) > 0);
    }

    @Test
    void shouldDeleteBySize() {
        try (FakeEngine engine =
                new FakeEngine(Journal.at(folder).rollBytes(1 << 20).retainBytes(3 << 20), 1, 4, 2, 256 << 10)) {
            engine.spawn(10);
            for (int i = 0; i < 10; i++) {
                engine.run(20_000);
                engine.replace(i);
                engine.sendStale();
            }
            engine.drain();
            engine.writer.flush();
            assertNull(engine.failure.get());
            assertTrue(segments().get(0) > 1, () -> segments().toString());
            assertTrue(segments().size() <= 6, () -> segments().toString());
        }
        assertProvedFromTheMiddle();
    }

    @Test
    void shouldDeleteByAge() {
        Journal journal = Journal.at(folder).rollBytes(1 << 20).retainFor(Duration.ofMillis(1));
        try (FakeEngine engine = new FakeEngine(journal, 2, 2, 1, 256 << 10)) {
            engine.spawn(3);
            engine.run(5_000);
            engine.drain();
            engine.writer.flush();
            await(() -> segments().get(0) > 1, "no segment was deleted");
            engine.run(5_000);
            engine.drain();
        }
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
    }

    @Test
    void shouldKeepWhatIsNotHandled() {
        Journal journal = Journal.at(folder).rollBytes(1 << 20).retainBytes(1);
        try (FakeEngine engine = new FakeEngine(journal, 3, 2, 1, 4 << 20)) {
            engine.spawn(4);
            // Nothing is handled: the rings fill, their records are journaled, segments roll.
            while (engine.send()) {
                assertNull(engine.failure.get());
            }
            engine.writer.flush();
            await(() -> segments().size() > 2, "nothing rolled");
            assertEquals(1, segments().get(0));
            engine.drain();
            engine.writer.flush();
            await(() -> segments().get(0) > 1, "no segment was deleted after all was handled");
        }
        assertEquals(
                Verdict.Result.PROVED,
                Verifier.verify(folder, Options.defaults(), Progress.NONE).result());
    }
}
