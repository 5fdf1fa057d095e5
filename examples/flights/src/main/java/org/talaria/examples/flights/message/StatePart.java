package org.talaria.examples.flights.message;

import org.talaria.message.Message;

/**
 * A part of a state.
 *
 * @param totalBytes of the whole state
 * @param bytes as many as fit a message
 */
@Message
public record StatePart(int totalBytes, byte[] bytes) {}
