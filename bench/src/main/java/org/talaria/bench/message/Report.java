package org.talaria.bench.message;

import org.talaria.message.Message;
import org.talaria.message.Request;

/** Asks the C++ sink what it has seen. */
@Message
public record Report() implements SinkMessage, Request<Report, Seen> {}
