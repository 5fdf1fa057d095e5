package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.LiveBank;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/**
 * A full disk is an ordinary error: no SIGBUS, the engine is told, what was published stays readable. On a small file system of its own where one may be mounted; else
 * the disk's last bytes are reserved, which looks the same to the journal.
 */
class DiskFullTest {
    private static final long ROOM = 24L << 20;

    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;
    private long reserve;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "talaria-test", disk.toString());
        reserve = mounted ? 0 : Files.getFileStore(disk).getUsableSpace() - ROOM;
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertTrue(command("umount", disk.toString()));
        }
    }

    private static boolean command(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            // There is no such command: nothing can be mounted.
            return false;
        }
    }

    private Journal journal() {
        return Journal.at(disk.resolve("journal")).reserveBytes(reserve).rollBytes(1 << 20);
    }

    @Test
    void shouldTellTheEngineAndKeepWhatWasPublished() {
        FakeEngine engine = new FakeEngine(journal(), 3, 4, 2, 256 << 10);
        engine.spawn(8);
        engine.run(10_000_000);
        assertNotNull(engine.failure.get());
        assertTrue(
                engine.failure.get() instanceof IOException,
                () -> engine.failure.get().toString());
        engine.close();
        Verdict verdict = Verifier.verify(disk.resolve("journal"), Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED_UP_TO, verdict.result(), verdict.text());
        assertTrue(verdict.figures().messages() > 10_000, verdict.text());
    }

    @Test
    void shouldRefuseToOpenWhereTheReserveIsGone() throws IOException {
        long more = Files.getFileStore(disk).getUsableSpace() + (1L << 30);
        TalariaException refused = assertThrows(
                TalariaException.class, () -> new FakeEngine(journal().reserveBytes(more), 1, 1, 1, 64 << 10));
        assertTrue(refused.getMessage().contains("Journal.reserveBytes"), refused.getMessage());
    }

    private Outcome sendUntilItFails(Talaria talaria, LiveBank bank) {
        Random random = new Random(1);
        Outcome outcome = Outcome.ACCEPTED;
        String note = "x".repeat(4_000);
        for (int i = 0; i < 40_000 && outcome == Outcome.ACCEPTED; i++) {
            outcome = bank.account(random.nextInt(10)).tell(new Deposit(i, note));
        }
        assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
        return outcome;
    }

    @Test
    void shouldStopAcceptingOrGoOnAsConfigured() throws IOException {
        stopsOrGoesOn(EngineKind.JAVA, Journal.Mode.ASYNC);
    }

    @Test
    void shouldStopAcceptingOrGoOnAsConfiguredWriteAhead() throws IOException {
        stopsOrGoesOn(EngineKind.JAVA, Journal.Mode.WRITE_AHEAD);
    }

    @Test
    @Tag("native")
    void shouldStopAcceptingOrGoOnInTheNativeEngine() throws IOException {
        stopsOrGoesOn(EngineKind.NATIVE, Journal.Mode.ASYNC);
    }

    @Test
    @Tag("native")
    void shouldStopAcceptingOrGoOnInTheNativeEngineWriteAhead() throws IOException {
        stopsOrGoesOn(EngineKind.NATIVE, Journal.Mode.WRITE_AHEAD);
    }

    private void stopsOrGoesOn(EngineKind kind, Journal.Mode mode) throws IOException {
        for (Journal.OnFailure policy : Journal.OnFailure.values()) {
            Throwable[] told = new Throwable[1];
            try (Talaria talaria = Talaria.open(config().engine(kind)
                    .shards(4)
                    .ringCapacityBytes(256 << 10)
                    .journal(Journal.at(disk.resolve("journal-" + policy))
                            .reserveBytes(reserve)
                            .mode(mode)
                            .onFailure(policy))
                    .onError(error -> told[0] = error.cause()))) {
                Outcome last = sendUntilItFails(talaria, new LiveBank(talaria, 10));
                assertEquals(policy == Journal.OnFailure.STOP ? Outcome.CLOSED : Outcome.ACCEPTED, last);
            }
            // The listener is told last, on the journaler's thread, which the close has joined
            assertNotNull(told[0]);
            Verdict verdict = Verifier.verify(disk.resolve("journal-" + policy), Options.defaults(), Progress.NONE);
            assertEquals(Verdict.Result.PROVED_UP_TO, verdict.result(), verdict.text());
            // Room for the next one.
            delete(disk.resolve("journal-" + policy));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
