package org.talaria;

/** The time that an engine goes by. Injectable; a replay uses recorded time. Any thread. */
@FunctionalInterface
public interface TalariaClock {
    /** The machine's monotonic clock. */
    TalariaClock SYSTEM = System::nanoTime;

    /** Monotonic time in nanoseconds; the origin is arbitrary. */
    long nanoTime();
}
