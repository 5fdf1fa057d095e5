package org.talaria;

/**
 * How urgent a message is: higher ones overtake lower ones where the shard of their address has lanes ({@link TalariaConfig#lanes}); with one lane all
 * travel in the order sent. Messages of one sender to one address keep their order within a lane.
 */
public enum Priority {
    /** Served when nothing else waits, and at least once in {@link TalariaConfig#lowerLaneEvery} messages. */
    LOW,
    /** That of a reference as it comes. */
    NORMAL,
    /** In front of NORMAL. */
    HIGH,
    /** In front of everything. */
    CRITICAL
}
