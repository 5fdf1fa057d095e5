package org.talaria.bench.message;

import org.talaria.message.Message;

/**
 * A token that costs work at each hop.
 *
 * @param id which token
 * @param hops hops made
 * @param last hop after which it has arrived
 * @param digest what the work has made of the token's first digest so far
 */
@Message
public record WorkToken(int id, int hops, int last, long digest) {}
