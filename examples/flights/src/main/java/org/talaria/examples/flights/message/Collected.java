package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * How many answers came.
 *
 * @param number of the query
 * @param answers so far
 */
@Message
public record Collected(long number, long answers) {}
