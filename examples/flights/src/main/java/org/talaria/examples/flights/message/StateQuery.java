package org.talaria.examples.flights.message;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Asks the route statistics for a part of their state, as their snapshot writes it; changes nothing.
 *
 * @param from byte that the part begins with; 0 takes the state anew, others go on with the state taken last
 */
@Message
public record StateQuery(int from) implements RouteMessage, Request<StateQuery, StatePart> {}
