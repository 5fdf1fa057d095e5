package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * 16 bytes: message <i>n</i> holds <i>n</i> and <i>n + 1</i>.
 *
 * @param a first word
 * @param b second word
 */
@Message
public record Two(long a, long b) implements SinkMessage {}
