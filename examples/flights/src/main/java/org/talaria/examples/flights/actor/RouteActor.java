package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.examples.flights.message.AnswersTo;
import org.talaria.examples.flights.message.RouteDeparture;
import org.talaria.examples.flights.message.RouteMessage;
import org.talaria.examples.flights.message.StatePart;
import org.talaria.examples.flights.message.StateQuery;

/** The Java twin of the C++ handler in {@code routes.cpp}: keeps delay statistics per route, and answers each departure. */
public final class RouteActor extends Actor<RouteMessage> implements Snapshot {
    private final RouteTable table = new RouteTable();
    private final Directory directory;
    private boolean answering;
    private byte[] state = {};

    /** The route statistics. */
    public RouteActor(Directory directory) {
        this.directory = directory;
    }

    @Override
    protected Receive<RouteMessage> receive() {
        return on(RouteDeparture.class, this::departed)
                .on(AnswersTo.class, (AnswersTo to) -> answering = true)
                .answer(StateQuery.class, this::part);
    }

    @Override
    public void write(ByteBuffer buffer) {
        table.write(buffer);
    }

    private StatePart part(StateQuery query) {
        if (query.from() == 0) {
            state = StateBytes.of(this);
        }
        return StateBytes.part(state, query);
    }

    private void departed(RouteDeparture flight) {
        var answer = table.departed(flight);
        if (answering) {
            directory.collector().tell(answer).orThrow();
        }
    }
}
