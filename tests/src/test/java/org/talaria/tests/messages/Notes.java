package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Several numbers; cannot be written where one is missing. */
@Message
public record Notes(Note[] all) {}
