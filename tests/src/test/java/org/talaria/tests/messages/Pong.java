package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Answers {@link Ping}. */
@Message
public record Pong(long number) {}
