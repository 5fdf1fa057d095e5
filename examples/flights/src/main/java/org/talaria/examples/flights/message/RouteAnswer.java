package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * The statistics of a route after one more flight.
 *
 * @param origin code of the airport it begins at
 * @param destination code of the airport it ends at
 * @param flights so far
 * @param delayMinutesSum of all of them
 * @param delayMinutesMin the least of them
 * @param delayMinutesMax the largest of them
 * @param distanceMiles as the last flight said
 */
@Message
public record RouteAnswer(
        String origin,
        String destination,
        long flights,
        long delayMinutesSum,
        int delayMinutesMin,
        int delayMinutesMax,
        int distanceMiles)
        implements CollectorMessage {

    /** Mean delay in minutes. */
    public double meanDelayMinutes() {
        return (double) delayMinutesSum / flights;
    }
}
