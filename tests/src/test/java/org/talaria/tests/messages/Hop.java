package org.talaria.tests.messages;

import org.talaria.message.Address;
import org.talaria.message.Message;

/** A token that is passed on until {@code left} is 0; {@code next} travels as a value. */
@Message
public record Hop(int left, Address next) {}
