package com.example.market;

import java.nio.file.Path;
import java.util.Optional;

/** {@code java -jar market.jar LIBRARY [JOURNAL]}: trades, quotes, and with a journal the proof of their order. Exit code 0 if all is as expected. */
public final class Market {
    private static final int USAGE = 2;

    private Market() {}

    /** Runs it: the library of C++ handlers, and a new folder for a journal if one is wanted. */
    public static void main(String[] args) {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: java -jar market.jar LIBRARY [JOURNAL]");
            System.exit(USAGE);
        }
        Path handlers = Path.of(args[0]);
        Optional<Path> journal = args.length == 2 ? Optional.of(Path.of(args[1])) : Optional.empty();
        try (Desk desk = new Desk(handlers, journal)) {
            desk.askCpp();
            desk.streamTrades();
            desk.quote();
        }
        journal.ifPresent(Proof::of);
        System.out.println("all as expected");
    }
}
