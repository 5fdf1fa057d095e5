package org.talaria.examples.flights.message;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Asks an airport for its figures; changes nothing.
 *
 * @param number the asker's own, comes back in the answer
 */
@Message
public record BoardQuery(int number) implements AirportMessage, Request<BoardQuery, Board> {}
