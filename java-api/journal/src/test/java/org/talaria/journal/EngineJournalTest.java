package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.Talaria;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.LiveBank;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What real engines journal is proved. */
class EngineJournalTest {
    @TempDir
    Path folder;

    private void run(EngineKind kind, Journal.Mode mode) throws InterruptedException {
        EngineStats stats;
        try (Talaria talaria = Talaria.open(config().engine(kind)
                .workers(2)
                .shards(8)
                .ringCapacityBytes(64 << 10)
                .journal(Journal.at(folder).mode(mode).rollBytes(1 << 20)))) {
            assertEquals(kind, talaria.engine());
            LiveBank bank = new LiveBank(talaria, 50);
            List<Thread> customers = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                int seed = c;
                Thread customer = new Thread(() -> bank.errands(seed, 10_000, i -> {}));
                customers.add(customer);
                customer.start();
            }
            for (Thread customer : customers) {
                customer.join();
            }
            bank.account(7).tell(new Deposit(-5, "refused")).orThrow();
            talaria.stop(bank.account(9)).orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
            bank.account(9).tell(new Deposit(1, "too late"));
            talaria.flushJournal();
            stats = talaria.stats();
        }
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertEquals(
                stats.accepted(),
                verdict.figures().handled() + verdict.figures().dead());
        assertEquals(stats.dead(), verdict.figures().dead());
        assertTrue(verdict.figures().causes() > 1_000, verdict.text());
        assertTrue(verdict.figures().replies() > 50, verdict.text());
    }

    @Test
    void shouldProveTheJavaEngine() throws InterruptedException {
        run(EngineKind.JAVA, Journal.Mode.ASYNC);
    }

    @Test
    void shouldProveTheJavaEngineWriteAhead() throws InterruptedException {
        run(EngineKind.JAVA, Journal.Mode.WRITE_AHEAD);
    }

    @Test
    @Tag("native")
    void shouldProveTheNativeEngine() throws InterruptedException {
        run(EngineKind.NATIVE, Journal.Mode.ASYNC);
    }

    @Test
    @Tag("native")
    void shouldProveTheNativeEngineWriteAhead() throws InterruptedException {
        run(EngineKind.NATIVE, Journal.Mode.WRITE_AHEAD);
    }
}
