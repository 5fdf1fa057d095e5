package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * What the C++ sink has seen.
 *
 * @param messages how many messages
 * @param wrong other than zero if a word of any was not what was sent
 */
@Message
public record Seen(long messages, long wrong) {}
