package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.examples.flights.message.AnswersTo;
import org.talaria.examples.flights.message.RouteDeparture;
import org.talaria.examples.flights.message.RouteMessage;

/** The Java twin of the C++ handler in {@code routes.cpp}: keeps delay statistics per route, and answers each departure. */
public final class RouteActor extends Actor<RouteMessage> implements Snapshot {
    private final RouteTable table = new RouteTable();
    private final Directory directory;
    private boolean answering;

    /** The route statistics. */
    public RouteActor(Directory directory) {
        this.directory = directory;
    }

    @Override
    protected Receive<RouteMessage> receive() {
        return on(RouteDeparture.class, this::departed).on(AnswersTo.class, (AnswersTo to) -> answering = true);
    }

    @Override
    public void write(ByteBuffer buffer) {
        table.write(buffer);
    }

    private void departed(RouteDeparture flight) {
        var answer = table.departed(flight);
        if (answering) {
            directory.collector().tell(answer).orThrow();
        }
    }
}
