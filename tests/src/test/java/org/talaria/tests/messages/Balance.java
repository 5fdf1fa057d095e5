package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Answers {@link GetBalance}. */
@Message
public record Balance(long cents) {}
