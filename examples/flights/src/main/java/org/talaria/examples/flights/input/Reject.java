package org.talaria.examples.flights.input;

/**
 * A line that is no flight.
 *
 * @param line its number in the file; the first line is 1
 * @param reason what is wrong with it
 */
public record Reject(long line, String reason) {}
