package com.example.market;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.EngineStats;
import org.talaria.NativeHandler;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;

/** The endpoints of an engine, and what is done with them. One thread. */
final class Desk {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int TRADES = 100_000;
    private static final int BATCHES = 100;
    private static final int BATCH = 256;

    private final Talaria talaria;
    private final Queue<DeadLetter> dead;
    private final Tape tape = new Tape();
    private final Book latest = new Book();
    private final ActorRef<VwapMessage> vwap;
    private final ActorRef<BookMessage> book;
    private final ActorRef<Quote> ticker;

    /**
     * Makes the endpoints.
     *
     * @param handlers the shared library of C++ handlers
     * @param dead the messages that were not handled, filled by the engine's listener
     */
    Desk(Talaria talaria, Path handlers, Queue<DeadLetter> dead) {
        this.talaria = talaria;
        this.dead = dead;
        vwap = talaria.nativeActor(
                "vwap", VwapMessage.class, NativeHandler.in(handlers).handler("vwap"));
        book = talaria.actor("book", () -> latest);
        ticker = talaria.actor("ticker", QuoteView.TYPE, tape::print);
    }

    /** Java to C++ and back: waiting, not waiting, and a handler that fails. */
    void askCpp() {
        Price first = vwap.call(new Trade(100, 1, 10), SOON);
        Check.equal("price after one trade", new Price(100, 10, 1), first);
        Price second =
                vwap.ask(new Trade(104, 1, 30), SOON).toCompletableFuture().join();
        Check.equal("price after two trades", new Price(103, 40, 1), second);
        try {
            Price none = vwap.call(new Trade(100, 1, 0), SOON);
            throw new IllegalStateException("a trade without a size was answered: " + none);
        } catch (RequestFailedException expected) {
            Check.equal("reason of the failure", DeadLetter.Reason.HANDLER_FAILED, expected.reason());
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

    /** Checks the accounts: everything accepted was handled, but for the bad trade, which was reported. */
    void balance() {
        Check.that("the engine became quiet", talaria.quiesce(SOON));
        EngineStats stats = talaria.stats();
        Check.equal("accepted messages, " + stats, stats.handled() + stats.dead(), stats.accepted());
        Check.equal(
                "dead letters",
                List.of("vwap: a trade needs a size above 0"),
                dead.stream().map(Desk::text).toList());
        Check.equal("quotes on the tape", (long) BATCHES * BATCH, tape.quotes());
        Check.equal("sum of the bids", BATCHES * (BATCH * (BATCH - 1) / 2.0), tape.bids());
        System.out.println("tape: " + tape.quotes() + " quotes read where they lay");
    }

    /** The actor behind "book". To be read when its engine is closed. */
    Book book() {
        return latest;
    }

    private static String text(DeadLetter letter) {
        Throwable cause = letter.cause();
        return letter.target() + ": " + (cause == null ? letter.reason() : cause.getMessage());
    }
}
