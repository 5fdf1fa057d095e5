package org.talaria.tests.messages;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks for the same number back. */
@Message
public record Ping(long number) implements Request<Ping, Pong> {}
