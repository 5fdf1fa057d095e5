package com.example.market;

/** Counts quotes where they lie: no object is made for one. Only the engine calls {@link #print}; read the sums when it is quiet. */
final class Tape {
    private long quotes;
    private double bids;

    void print(QuoteView quote) {
        quotes++;
        bids += quote.bid();
    }

    long quotes() {
        return quotes;
    }

    double bids() {
        return bids;
    }
}
