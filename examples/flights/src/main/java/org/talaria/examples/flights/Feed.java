package org.talaria.examples.flights;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.examples.flights.input.Flight;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.Collected;
import org.talaria.examples.flights.message.CollectedQuery;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.examples.flights.message.Departure;

/**
 * Sends the flights in the order of the file, at most a window ahead of the collector: a handler cannot wait, so what handlers send each other piles up in memory
 * unless the source is held back.
 */
final class Feed {
    private static final int WINDOW = 32_768;
    private static final int STEP = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LiveEndpoints endpoints;
    private final Interruption interruption;
    private final ActorRef<CollectorMessage> collector;
    private long sent;

    Feed(LiveEndpoints endpoints, Interruption interruption) {
        this.endpoints = endpoints;
        this.interruption = interruption;
        this.collector = endpoints.collector().within(PATIENCE);
    }

    /** Sends all of them so many times. @param progress told the flights sent so far, now and then @return flights sent */
    long send(List<Flight> flights, int repeat, LongConsumer progress) {
        for (int round = 0; round < repeat; round++) {
            for (Flight flight : flights) {
                if (sent % STEP == 0) {
                    interruption.check();
                    progress.accept(sent);
                    holdBack();
                }
                send(flight);
            }
        }
        progress.accept(sent);
        return sent;
    }

    private void send(Flight flight) {
        endpoints.open(flight.destination());
        ActorRef<AirportMessage> origin = endpoints.open(flight.origin());
        Departure departure = new Departure(
                flight.origin(), flight.destination(), flight.distanceMiles(), flight.delayMinutes(), flight.minute());
        Outcome outcome = origin.tell(departure);
        while (outcome == Outcome.TIMED_OUT) {
            // Still full after the engine's own deadline: slow, not lost.
            interruption.check();
            outcome = origin.tell(departure);
        }
        if (!outcome.accepted()) {
            interruption.check();
            throw new DemoException(ExitCode.FAILED, "a flight was refused: " + outcome + " from " + origin.name());
        }
        sent++;
    }

    private void holdBack() {
        while (sent - collected() > WINDOW) {
            interruption.check();
        }
    }

    private long collected() {
        Collected collected = collector.call(new CollectedQuery(sent));
        return collected.answers();
    }
}
