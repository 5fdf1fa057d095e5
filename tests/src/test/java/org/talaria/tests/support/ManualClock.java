package org.talaria.tests.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.talaria.TalariaClock;

/** A clock that a test moves. Starts below zero, so that zero is crossed: the origin of a {@link TalariaClock} is arbitrary. */
public final class ManualClock implements TalariaClock {
    private final AtomicLong now;

    /** Starts a millisecond before zero. */
    public ManualClock() {
        this(-1_000_000);
    }

    /** Starts anywhere. */
    public ManualClock(long start) {
        now = new AtomicLong(start);
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    /** Moves the clock on. */
    public void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
