package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * An airport's figures.
 *
 * @param number of the query
 * @param departures so far
 * @param arrivals so far
 * @param delayMinutesSum of all departures
 * @param orderHash of all departures, unsigned
 */
@Message
public record Board(int number, long departures, long arrivals, long delayMinutesSum, int orderHash) {}
