package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * A token of the relay race.
 *
 * @param id which token
 * @param hops hops made
 * @param last hop after which it has arrived
 */
@Message
public record Token(int id, int hops, int last) {}
