package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * A flight is on its way to the airport this is told to.
 *
 * @param origin code of the airport it comes from
 * @param minute of its departure, local time there, in minutes since 1970-01-01T00:00
 */
@Message
public record Arrival(String origin, long minute) implements AirportMessage {}
