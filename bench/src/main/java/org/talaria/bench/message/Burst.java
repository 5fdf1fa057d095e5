package org.talaria.bench.message;

import org.talaria.message.Address;
import org.talaria.message.Message;

/**
 * Asks the C++ pump to send messages.
 *
 * @param first number of the first message
 * @param count how many
 * @param payload bytes of each: 16 or 64
 * @param to where they go
 */
@Message
public record Burst(long first, int count, int payload, Address to) {}
