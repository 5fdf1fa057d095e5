package org.talaria.tests.messages;

import org.talaria.message.Message;

/** A number. */
@Message
public record Note(int number) {}
