package com.example.market;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;

/** Keeps the latest quote of each instrument: a class actor, with state of its own. */
public final class Book extends Actor<BookMessage> implements Snapshot {
    private final Map<Integer, Quote> latest = new TreeMap<>();

    @Override
    protected Receive<BookMessage> receive() {
        return on(Quote.class, quote -> latest.put(quote.instrument(), quote)).answer(SpreadQuery.class, this::spread);
    }

    @Override
    public void write(ByteBuffer buffer) {
        for (Quote quote : latest.values()) {
            byte[] venue = quote.venue().getBytes(StandardCharsets.UTF_8);
            buffer.putInt(quote.instrument()).putDouble(quote.bid()).putDouble(quote.offer());
            buffer.putInt(venue.length).put(venue);
        }
    }

    private Spread spread(SpreadQuery query) {
        Quote quote = latest.get(query.instrument());
        if (quote == null) {
            throw new IllegalArgumentException(
                    "no quote of instrument " + query.instrument() + " yet"); // fails the request
        }
        return new Spread(quote.offer() - quote.bid(), quote.venue());
    }
}
