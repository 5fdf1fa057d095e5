package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Puts money in. */
@Message
public record Deposit(long cents) implements AccountCommand {}
