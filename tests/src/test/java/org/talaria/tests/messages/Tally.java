package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Answers {@link HowMany}: messages, those out of order, those whose text was damaged, runs beside another. */
@Message
public record Tally(long handled, long disorder, long damaged, long overlaps) {}
