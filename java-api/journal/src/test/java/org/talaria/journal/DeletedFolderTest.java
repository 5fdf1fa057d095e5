package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineError;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.LiveBank;

/**
 * R23 where somebody deletes the folder of a running engine: its files live on until they are closed, so a store into them does not fail. The next look at the disk does, 2 MiB on at the
 * latest, and the end of the journal: the engine is told, and stops or goes on as configured.
 */
class DeletedFolderTest {
    private static final String NOTE = "x".repeat(4_000);
    /** Four times what may be written between two looks at the disk. */
    private static final int MOST = (8 << 20) / 4_000;

    @TempDir
    Path folder;

    private final List<EngineError> told = Collections.synchronizedList(new ArrayList<>());

    private Talaria open(EngineKind kind, Path path, Journal.OnFailure policy) {
        told.clear();
        return Talaria.open(config().engine(kind)
                .shards(4)
                .ringCapacityBytes(256 << 10)
                .journal(Journal.at(path).onFailure(policy))
                .onError(told::add));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void assertTold(Path path) {
        assertEquals(1, told.size(), told::toString);
        assertEquals("journal", told.get(0).where());
        String text = String.valueOf(told.get(0).cause().getMessage());
        assertTrue(text.contains(path.toString()) && text.contains("was deleted"), text);
    }

    private void isTold(EngineKind kind) throws IOException {
        for (Journal.OnFailure policy : Journal.OnFailure.values()) {
            Path path = folder.resolve("journal-" + policy);
            try (Talaria talaria = open(kind, path, policy)) {
                LiveBank bank = new LiveBank(talaria, 4);
                assertEquals(Outcome.ACCEPTED, bank.account(0).tell(new Deposit(1, NOTE)));
                talaria.flushJournal();
                delete(path);
                Outcome last = Outcome.ACCEPTED;
                for (int i = 0; i < MOST && last == Outcome.ACCEPTED; i++) {
                    last = bank.account(i % 4).tell(new Deposit(1, NOTE));
                }
                assertEquals(policy == Journal.OnFailure.STOP ? Outcome.CLOSED : Outcome.ACCEPTED, last);
                assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
                EngineStats stats = talaria.stats();
                assertEquals(stats.accepted(), stats.handled() + stats.dead());
            }
            assertTold(path);
        }
    }

    private void isToldAtItsEnd(EngineKind kind) throws IOException {
        Path path = folder.resolve("journal");
        try (Talaria talaria = open(kind, path, Journal.OnFailure.CONTINUE)) {
            LiveBank bank = new LiveBank(talaria, 1);
            assertEquals(Outcome.ACCEPTED, bank.account(0).tell(new Deposit(1, NOTE)));
            talaria.flushJournal();
            delete(path);
            assertEquals(Outcome.ACCEPTED, bank.account(0).tell(new Deposit(1, NOTE)));
        }
        assertTold(path);
    }

    @Test
    void shouldStopOrGoOnAsConfigured() throws IOException {
        isTold(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldStopOrGoOnAsConfiguredInTheNativeEngine() throws IOException {
        isTold(EngineKind.NATIVE);
    }

    @Test
    void shouldBeToldAtTheEndAtTheLatest() throws IOException {
        isToldAtItsEnd(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldBeToldAtTheEndAtTheLatestInTheNativeEngine() throws IOException {
        isToldAtItsEnd(EngineKind.NATIVE);
    }
}
