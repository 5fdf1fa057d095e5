package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * A flight leaves the airport this is told to.
 *
 * @param origin code of that airport
 * @param destination code of the airport it flies to
 * @param distanceMiles how far that is
 * @param delayMinutes of the departure; negative = early
 * @param minute of the departure, local time, in minutes since 1970-01-01T00:00
 */
@Message
public record Departure(String origin, String destination, int distanceMiles, int delayMinutes, long minute)
        implements AirportMessage {}
