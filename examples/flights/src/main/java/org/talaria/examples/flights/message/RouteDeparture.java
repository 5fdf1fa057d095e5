package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * A flight left on a route.
 *
 * @param origin code of the airport it left
 * @param destination code of the airport it flies to
 * @param distanceMiles how far that is
 * @param delayMinutes of the departure; negative = early
 */
@Message
public record RouteDeparture(String origin, String destination, int distanceMiles, int delayMinutes)
        implements RouteMessage {}
