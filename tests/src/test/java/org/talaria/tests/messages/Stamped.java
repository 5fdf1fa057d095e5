package org.talaria.tests.messages;

import org.talaria.message.Message;

/**
 * A message that knows who sent it, its number between that sender and its target, and a checksum over the rest.
 *
 * @param sender number of the sender
 * @param target number of the target
 * @param number 1, 2, 3, … between this sender and this target
 * @param filler arbitrary
 * @param checksum {@link #sum} of the rest
 */
@Message
public record Stamped(int sender, int target, long number, long filler, long checksum) {
    /** A stamped message. */
    public static Stamped of(int sender, int target, long number, long filler) {
        return new Stamped(sender, target, number, filler, sum(sender, target, number, filler));
    }

    /** A checksum that changes with every bit of the input. */
    public static long sum(int sender, int target, long number, long filler) {
        long hash = 0x9E3779B97F4A7C15L;
        hash = (hash ^ sender) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27) ^ target) * 0x94D049BB133111EBL;
        hash = (hash ^ (hash >>> 31) ^ number) * 0xBF58476D1CE4E5B9L;
        return (hash ^ (hash >>> 29) ^ filler) * 0x94D049BB133111EBL;
    }

    /** Whether the checksum is right. */
    public boolean whole() {
        return checksum == sum(sender, target, number, filler);
    }
}
