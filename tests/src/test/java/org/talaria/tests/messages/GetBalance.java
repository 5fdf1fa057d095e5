package org.talaria.tests.messages;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks for the balance. */
@Message
public record GetBalance() implements AccountCommand, Request<GetBalance, Balance> {}
