package org.talaria.bench.message;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * A request of 16 bytes.
 *
 * @param a <i>n</i>
 * @param b <i>n + 1</i>
 */
@Message
public record Question(long a, long b) implements Request<Question, Reply> {}
