package org.talaria.examples.flights.input;

/**
 * One valid line of the input.
 *
 * @param origin code of the airport it departs from, 1 … 16 characters
 * @param destination code of the airport it arrives at, 1 … 16 characters
 * @param distanceMiles 0 … 20,000
 * @param delayMinutes of the departure, −1,440 … 14,400; negative = early
 * @param minute of the departure, local time, in minutes since 1970-01-01T00:00
 */
public record Flight(String origin, String destination, int distanceMiles, int delayMinutes, long minute) {}
