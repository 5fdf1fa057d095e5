package org.talaria.tests.asks;

import org.talaria.message.Message;

/** Answers {@link Riddle}; {@link #UNREADABLE} cannot be read by the completer. */
@Message
public record Answer(long number, String text) {
    /** A number that the completer's thread cannot decode: an {@link Error}, not an exception. */
    public static final long UNREADABLE = Long.MAX_VALUE;

    /** Fails where it is decoded by the completer. */
    public Answer {
        if (number == UNREADABLE && Thread.currentThread().getName().equals("talaria-completer")) {
            throw new StackOverflowError("on purpose");
        }
    }
}
