package org.talaria.bench.pipe;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The consumer's end: verifies every word of every message and their order, and stamps the time of the last. One consumer thread; one that waits. */
public final class Check extends CheckFields {
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final int SPINS = 64;
    private static final long PARK_NS = 50_000;
    /** Index of the stamp, alone in its lines: the one who waits must not take the lines the consumer writes. */
    private static final int STAMP = 32;

    private final AtomicLongArray done = new AtomicLongArray(2 * STAMP);
    private @Nullable Thread consumer;

    /** Announces that so many messages more are coming; before the first of them is sent. */
    public void expect(long messages) {
        done.setPlain(STAMP, 0);
        goal = next + messages;
    }

    /** A message of 16 bytes has arrived. */
    public void two(long a, long b) {
        long n = next;
        wrong |= (a ^ n) | (b ^ (n + 1));
        arrived(n + 1);
    }

    /** A message of 64 bytes has arrived. */
    public void eight(long a, long b, long c, long d, long e, long f, long g, long h) {
        long n = next;
        wrong |= (a ^ n) | (b ^ (n + 1)) | (c ^ (n + 2)) | (d ^ (n + 3));
        wrong |= (e ^ (n + 4)) | (f ^ (n + 5)) | (g ^ (n + 6)) | (h ^ (n + 7));
        arrived(n + 1);
    }

    private void arrived(long count) {
        next = count;
        if (count == goal) {
            consumer = Thread.currentThread();
            done.setRelease(STAMP, System.nanoTime());
        }
    }

    /** Waits, spinning, until all that was announced has arrived, and returns when that was. @throws IllegalStateException if it does not come, or was not what was sent */
    public long await() {
        return await(Thread::onSpinWait);
    }

    /** {@link #await()} without taking a core from those who work. */
    public long awaitParked() {
        return await(() -> LockSupport.parkNanos(PARK_NS));
    }

    private long await(Runnable pause) {
        long deadline = System.nanoTime() + DEADLINE_NS;
        long stamp;
        while ((stamp = done.getAcquire(STAMP)) == 0) {
            for (int i = 0; i < SPINS; i++) {
                Thread.onSpinWait();
            }
            pause.run();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only some " + next + " of " + goal + " messages arrived in time");
            }
        }
        verify(goal);
        if (consumer == Thread.currentThread()) {
            throw new IllegalStateException("producer and consumer were the same thread: this measures no hand-over");
        }
        return stamp;
    }

    /** Verifies that so many have arrived, as they were sent. @throws IllegalStateException if not */
    public void verify(long messages) {
        if (next != messages || wrong != 0) {
            throw new IllegalStateException(
                    "messages were lost, doubled, out of order or damaged: " + next + " of " + messages + " arrived");
        }
    }
}
