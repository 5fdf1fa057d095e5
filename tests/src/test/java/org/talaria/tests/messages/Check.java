package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Number {@code number} of a sender: each checker expects 1, 2, 3, … of each. {@code spins} is what it costs to handle. */
@Message
public record Check(int sender, int spins, long number, String text) implements CheckerCommand {}
