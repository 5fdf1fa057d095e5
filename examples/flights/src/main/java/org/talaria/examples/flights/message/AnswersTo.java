package org.talaria.examples.flights.message;

import org.talaria.message.Address;
import org.talaria.message.Message;

/**
 * Tells the route statistics who wants their answers: one {@link RouteAnswer} to each {@link RouteDeparture}.
 *
 * @param collector who wants them
 */
@Message
public record AnswersTo(Address collector) implements RouteMessage {}
