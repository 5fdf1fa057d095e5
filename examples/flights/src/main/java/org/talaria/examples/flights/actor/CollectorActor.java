package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.examples.flights.message.Collected;
import org.talaria.examples.flights.message.CollectedQuery;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.examples.flights.message.RouteAnswer;

/** Keeps the latest answer of each route. */
public final class CollectorActor extends Actor<CollectorMessage> implements Snapshot {
    private final RouteTable table = new RouteTable();

    @Override
    protected Receive<CollectorMessage> receive() {
        return on(RouteAnswer.class, table::answered).answer(CollectedQuery.class, this::collected);
    }

    /** What it knows. To be read when its engine is quiet or closed. */
    public RouteTable table() {
        return table;
    }

    @Override
    public void write(ByteBuffer buffer) {
        table.write(buffer);
    }

    private Collected collected(CollectedQuery query) {
        return new Collected(query.number(), table.flights());
    }
}
