package com.example.market;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.journal.Journal;

/** {@code java -jar market.jar LIBRARY [JOURNAL]}: trades, quotes, and with a journal the proof of their order and a replay. Exit code 0 if all is as expected. */
public final class Market {
    private static final int USAGE = 2;

    private Market() {}

    /** Runs it: the library of C++ handlers, and a new folder for a journal if one is wanted. */
    public static void main(String[] args) {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: java -jar market.jar LIBRARY [JOURNAL]");
            System.exit(USAGE);
        }
        Optional<Path> journal = args.length == 2 ? Optional.of(Path.of(args[1])) : Optional.empty();
        Book book = trade(Path.of(args[0]), journal);
        journal.ifPresent(folder -> Proof.of(folder, book));
        System.out.println("all as expected");
    }

    private static Book trade(Path handlers, Optional<Path> journal) {
        Queue<DeadLetter> dead = new ConcurrentLinkedQueue<>();
        // What fails here fails on purpose, and is looked at among the dead letters
        TalariaConfig config = TalariaConfig.config().engine(EngineKind.NATIVE).onDeadLetter(dead::add).onError(error -> {});
        journal.ifPresent(path -> config.journal(Journal.at(path).mode(Journal.Mode.WRITE_AHEAD)));
        try (Talaria talaria = Talaria.open(config)) {
            Desk desk = new Desk(talaria, handlers, dead);
            desk.askCpp();
            desk.streamTrades();
            desk.quote();
            desk.balance();
            return desk.book();
        }
    }
}
