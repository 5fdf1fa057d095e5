package org.talaria.tests.messages;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks a checker what it has seen. */
@Message
public record HowMany() implements CheckerCommand, Request<HowMany, Tally> {}
