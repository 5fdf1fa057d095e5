package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * 64 bytes: word <i>k</i> of message <i>n</i> holds <i>n + k</i>.
 *
 * @param a word 0
 * @param b word 1
 * @param c word 2
 * @param d word 3
 * @param e word 4
 * @param f word 5
 * @param g word 6
 * @param h word 7
 */
@Message
public record Eight(long a, long b, long c, long d, long e, long f, long g, long h) implements SinkMessage {}
