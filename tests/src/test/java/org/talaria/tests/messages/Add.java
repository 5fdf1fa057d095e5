package org.talaria.tests.messages;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks for a + b. */
@Message
public record Add(double a, double b) implements Request<Add, Sum> {}
