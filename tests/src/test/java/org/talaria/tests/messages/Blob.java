package org.talaria.tests.messages;

import org.talaria.message.Message;

/** A message of any size. */
@Message
public record Blob(byte[] bytes) {}
