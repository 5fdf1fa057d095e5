package org.talaria.examples.flights.actor;

import org.talaria.ActorRef;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.examples.flights.message.RouteMessage;

/** Where the endpoints of the demonstration find each other: in a running engine, or in a replay. Any thread. */
public interface Directory {
    /** The airport of a code. */
    ActorRef<AirportMessage> airport(String code);

    /** The route statistics. */
    ActorRef<RouteMessage> routes();

    /** The collector. */
    ActorRef<CollectorMessage> collector();
}
