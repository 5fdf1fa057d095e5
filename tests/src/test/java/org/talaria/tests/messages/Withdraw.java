package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Takes money out. */
@Message
public record Withdraw(long cents) implements AccountCommand {}
