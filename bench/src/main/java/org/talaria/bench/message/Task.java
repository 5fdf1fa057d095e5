package org.talaria.bench.message;

import org.talaria.message.Message;

/** A short task: its number. */
@Message
public record Task(long number) {}
