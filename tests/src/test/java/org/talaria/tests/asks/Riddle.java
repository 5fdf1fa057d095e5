package org.talaria.tests.asks;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks for an {@link Answer} of a number and a length. */
@Message
public record Riddle(long number, int textLength) implements Request<Riddle, Answer> {}
