package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.HandlingOrder;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.read.Step;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/**
 * {@code kill -9} in the middle of writing, at random moments; how many times: system property {@code talaria.kills}. Every message that was journaled is there, the tail is cut and reported,
 * and the next engine writes on in the same folder.
 */
class KilledTest {
    private static final int KILLS = Integer.getInteger("talaria.kills", 10);
    private static final int KILLS_A_FOLDER = 5;

    @TempDir
    Path folder;

    @Test
    void shouldKeepWhatWasJournaled() throws IOException, InterruptedException {
        kill(EngineKind.JAVA, KILLS);
    }

    @Test
    @Tag("native")
    void shouldKeepWhatTheNativeEngineJournaled() throws IOException, InterruptedException {
        kill(EngineKind.NATIVE, (KILLS + 1) / 2);
    }

    private void kill(EngineKind kind, int kills) throws IOException, InterruptedException {
        Random random = new Random(5);
        for (int kill = 0; kill < kills; kill++) {
            Path journal = folder.resolve("journal-" + kill / KILLS_A_FOLDER);
            Journal.Mode mode = Journal.Mode.values()[kill % 2];
            long journaled = run(journal, mode, random, kill, kind);
            int epoch = kill % KILLS_A_FOLDER + 1;
            Verdict verdict = Verifier.verify(journal, Options.defaults(), Progress.NONE);
            assertEquals(Verdict.Result.PROVED_UP_TO, verdict.result(), "kill " + kill + ": " + verdict.text());
            assertEquals(4, verdict.exitCode());
            assertEquals(epoch, verdict.figures().epochs());
            assertTrue(
                    verdict.limits().stream().anyMatch(limit -> limit.contains("epoch " + epoch + " has no end")),
                    verdict.text());
            long found = messagesOfMain(journal, epoch);
            assertTrue(
                    found >= journaled, "kill " + kill + ": " + journaled + " were journaled, " + found + " are there");
        }
    }

    private static long run(Path journal, Journal.Mode mode, Random random, int seed, EngineKind kind)
            throws IOException, InterruptedException {
        Process child =
                ChildJvm.start(KilledWriter.class, journal.toString(), mode.name(), String.valueOf(seed), kind.name());
        long last = 0;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertTrue(line != null && line.matches("[0-9]+"), () -> "the child says: " + line);
            last = Long.parseLong(line);
            // The moment of the kill is what is random here; nothing waits for it.
            LockSupport.parkNanos(random.nextInt(150_000_000));
            // By its handle: Process.destroyForcibly would close the stream, and with it what was printed last.
            child.toHandle().destroyForcibly();
            for (String next = out.readLine(); next != null; next = out.readLine()) {
                last = next.matches("[0-9]+") ? Math.max(last, Long.parseLong(next)) : last;
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return last;
    }

    private static long messagesOfMain(Path journal, int epoch) {
        JournalIndex index = JournalIndex.of(journal);
        EpochIndex in = index.epoch(epoch);
        int main = in.directory().senders().stream()
                .filter(sender -> sender.isThread() && sender.name().equals("main"))
                .findFirst()
                .map(SenderInfo::senderId)
                .orElseThrow();
        long count = 0;
        try (HandlingOrder order = HandlingOrder.of(index, in)) {
            for (Step step = order.next(); step != null; step = order.next()) {
                count += step.record().sender() == main && !step.record().isControl() ? 1 : 0;
            }
        }
        return count;
    }
}
