package org.talaria.journal;

import java.nio.file.Path;
import java.util.Random;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.LiveBank;

/**
 * A program that journals until it is killed: {@code FOLDER MODE SEED [ENGINE]}. After each flush it prints how many messages this thread had sent before: so many must be in the
 * journal, whatever happens then.
 */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) {
        Journal journal = Journal.at(Path.of(arguments[0]))
                .mode(Journal.Mode.valueOf(arguments[1]))
                .rollBytes(1 << 20);
        TalariaConfig config = TalariaConfig.config()
                .engine(arguments.length > 3 ? EngineKind.valueOf(arguments[3]) : EngineKind.JAVA)
                .shards(8)
                .ringCapacityBytes(64 << 10)
                .journal(journal);
        Random random = new Random(Long.parseLong(arguments[2]));
        try (Talaria talaria = Talaria.open(config)) {
            LiveBank bank = new LiveBank(talaria, 20);
            long sent = 0;
            while (!Thread.currentThread().isInterrupted()) {
                for (int i = 1 + random.nextInt(2_000); i > 0; i--) {
                    bank.account(random.nextInt(20))
                            .tell(new Deposit(random.nextInt(100), "note " + i))
                            .orThrow();
                    sent++;
                }
                talaria.flushJournal();
                System.out.println(sent);
                System.out.flush();
            }
        }
    }
}
