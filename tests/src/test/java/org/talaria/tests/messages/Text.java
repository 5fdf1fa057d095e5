package org.talaria.tests.messages;

import org.talaria.message.Message;

/** A message with a tail. */
@Message
public record Text(String text) {}
