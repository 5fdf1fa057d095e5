package com.example.market;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.NativeHandler;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.journal.Journal;

/** One engine with its endpoints, and what is done with them. One thread. */
final class Desk implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int TRADES = 100_000;
    private static final int BATCHES = 100;
    private static final int BATCH = 256;

    private final Tape tape = new Tape();
    private final Talaria talaria;
    private final ActorRef<VwapMessage> vwap;
    private final ActorRef<BookMessage> book;
    private final ActorRef<Quote> ticker;

    /**
     * Opens the engine.
     *
     * @param handlers the shared library of C++ handlers
     * @param journal folder of the journal; empty = none
     */
    Desk(Path handlers, Optional<Path> journal) {
        TalariaConfig config = TalariaConfig.config().engine(EngineKind.NATIVE);
        journal.ifPresent(path -> config.journal(Journal.at(path).mode(Journal.Mode.WRITE_AHEAD)));
        talaria = Talaria.open(config);
        vwap = talaria.nativeActor("vwap", VwapMessage.class, NativeHandler.in(handlers).handler("vwap"));
        book = talaria.actor("book", Book::new);
        ticker = talaria.actor("ticker", QuoteView.TYPE, tape::print);
    }

    /** Java to C++ and back: waiting, not waiting, and a handler that fails. */
    void askCpp() {
        Price first = vwap.call(new Trade(100, 1, 10), SOON);
        Check.equal("price after one trade", new Price(100, 10, 1), first);
        Price second = vwap.ask(new Trade(104, 1, 30), SOON).toCompletableFuture().join();
        Check.equal("price after two trades", new Price(103, 40, 1), second);
        try {
            Price none = vwap.call(new Trade(100, 1, 0), SOON);
            throw new IllegalStateException("a trade without a size was answered: " + none);
        } catch (RequestFailedException expected) {
            Check.that("the failure names its cause: " + expected, expected.getMessage().contains("needs a size above 0"));
        }
        System.out.println("C++ handler: " + second.value() + " after two trades; a bad one became a dead letter");
    }

    /** Many messages without garbage: each is written where it is read, by the generated claim. */
    void streamTrades() {
        double value = 0;
        long volume = 0;
        for (int i = 0; i < TRADES; i++) {
            double price = 50 + (i & 63) * 0.25; // quarters: sums are exact
            int size = 1 + i % 7;
            TradeClaim.tell(ActorRef.narrow(vwap), price, 2, size).orThrow();
            value += price * size;
            volume += size;
        }
        Price price = vwap.call(new VwapQuery(2), SOON); // behind the trades: one sender, one address, one order
        Check.equal("price of the stream", new Price(value / volume, volume, 2), price);
        System.out.println("stream: " + TRADES + " trades, average " + price.value());
    }

    /** Quotes in batches to an actor that reads views, and single ones to the class actor. */
    void quote() {
        for (int b = 0; b < BATCHES; b++) {
            try (QuoteClaim batch = QuoteClaim.batch(ticker, BATCH)) {
                for (int i = 0; i < BATCH; i++) {
                    batch.next().bid(i).offer(i + 0.5).instrument(b).venue("XETR");
                }
                batch.commit().orThrow();
            }
        }
        book.tell(new Quote(99.5, 100.5, 1, "XNYS")).orThrow();
        book.tell(new Quote(99.75, 100.25, 1, "XETR")).orThrow();
        Check.equal("spread", new Spread(0.5, "XETR"), book.call(new SpreadQuery(1), SOON));
        System.out.println("book: spread 0.5 at XETR");
    }

    /** Drains, closes, and checks the accounts. */
    @Override
    public void close() {
        boolean quiet = talaria.awaitQuiet(SOON);
        long dead = talaria.stats().dead();
        talaria.close();
        Check.that("the engine became quiet", quiet);
        Check.equal("dead letters", 1L, dead);
        Check.equal("quotes on the tape", (long) BATCHES * BATCH, tape.quotes());
        Check.equal("sum of the bids", BATCHES * (BATCH * (BATCH - 1) / 2.0), tape.bids());
        System.out.println("tape: " + tape.quotes() + " quotes read where they lay");
    }
}
