package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.examples.flights.message.Board;
import org.talaria.examples.flights.message.BoardQuery;
import org.talaria.examples.flights.message.Departure;
import org.talaria.examples.flights.message.RouteDeparture;

/** One airport. Of a departure it tells the route statistics and the airport of destination. */
public final class AirportActor extends Actor<AirportMessage> implements Snapshot {
    private final AirportState state;
    private final Directory directory;

    /** The actor of an airport. */
    public AirportActor(String code, Directory directory) {
        this.state = new AirportState(code);
        this.directory = directory;
    }

    @Override
    protected Receive<AirportMessage> receive() {
        return on(Departure.class, this::departed)
                .on(Arrival.class, state::arrived)
                .answer(BoardQuery.class, this::board);
    }

    /** What it knows. To be read when its engine is quiet or closed. */
    public AirportState state() {
        return state;
    }

    @Override
    public void write(ByteBuffer buffer) {
        state.write(buffer);
    }

    private void departed(Departure flight) {
        state.departed(flight);
        // A refusal here would lose a flight: it fails the handler, so that the message is found among the dead
        // letters.
        directory
                .routes()
                .tell(new RouteDeparture(
                        flight.origin(), flight.destination(), flight.distanceMiles(), flight.delayMinutes()))
                .orThrow();
        directory
                .airport(flight.destination())
                .tell(new Arrival(flight.origin(), flight.minute()))
                .orThrow();
    }

    private Board board(BoardQuery query) {
        return new Board(
                query.number(), state.departures(), state.arrivals(), state.delayMinutesSum(), state.orderHash());
    }
}
