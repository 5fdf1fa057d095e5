package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * Its reply: the words changed places.
 *
 * @param a <i>n + 1</i>
 * @param b <i>n</i>
 */
@Message
public record Reply(long a, long b) {}
