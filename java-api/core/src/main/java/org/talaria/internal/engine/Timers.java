package org.talaria.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.RecordDescriptor;

/** Time-outs of asks, on the engine's clock: never early. Polled by the completer; a handler's time-out comes as a record in its ring, journaled like any. */
final class Timers {
    /** No timer. */
    static final long NONE = DeadlineTimerWheel.NULL_DEADLINE;

    private static final long RESOLUTION_NS = 1 << 20;

    private final Engine engine;
    private final DeadlineTimerWheel wheel;
    private final Long2ObjectHashMap<Runnable> due = new Long2ObjectHashMap<>();
    private final Map<AskKey, Long> asks = new HashMap<>();
    private final long origin;

    Timers(Engine engine) {
        this.engine = engine;
        origin = engine.clock().nanoTime();
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, RESOLUTION_NS, 1_024);
    }

    long scheduleStage(long timeoutNs, long correlation) {
        return schedule(timeoutNs, () -> engine.waiters().expire(correlation));
    }

    /** A handler's ask: its endpoint is sent a TIMEOUT record. */
    void scheduleAsk(long timeoutNs, Cell<?> cell, long correlation) {
        AskKey key = new AskKey(cell, correlation);
        // One step against the poll of the completer: what is due is forgotten behind its being known.
        synchronized (this) {
            asks.put(key, schedule(timeoutNs, () -> expired(key)));
        }
    }

    private void expired(AskKey key) {
        synchronized (this) {
            asks.remove(key);
        }
        engine.controlRecord(key.cell(), RecordDescriptor.CONTROL_TIMEOUT, key.correlation());
    }

    void cancelAsk(Cell<?> cell, long correlation) {
        Long id;
        synchronized (this) {
            id = asks.remove(new AskKey(cell, correlation));
        }
        if (id != null) {
            cancel(id);
        }
    }

    /** Time since this engine opened: a clock's origin is arbitrary, and the wheel compares where it should subtract. */
    private long now() {
        return engine.clock().nanoTime() - origin;
    }

    private long schedule(long timeoutNs, Runnable then) {
        long now = now();
        // The largest long means "none" to the wheel.
        long deadline = now + Math.min(Math.max(0, timeoutNs), Long.MAX_VALUE - 1 - now);
        long id;
        synchronized (this) {
            id = wheel.scheduleTimer(deadline);
            due.put(id, then);
        }
        engine.completer().wake();
        return id;
    }

    synchronized void cancel(long id) {
        if (id != NONE && due.remove(id) != null) {
            wheel.cancelTimer(id);
        }
    }

    /** Runs what is due. @return timers run */
    int poll() {
        int ran = 0;
        Runnable next = nextDue();
        while (next != null) {
            next.run();
            ran++;
            next = nextDue();
        }
        return ran;
    }

    private synchronized @Nullable Runnable nextDue() {
        Runnable[] found = new Runnable[1];
        long now = now();
        int polled;
        long before;
        do {
            before = wheel.currentTickTime();
            polled = wheel.poll(
                    now,
                    (unit, at, id) -> {
                        found[0] = due.remove(id);
                        return true;
                    },
                    1);
        } while (polled == 0
                && wheel.timerCount() > 0
                && wheel.currentTickTime() != before
                && wheel.currentTickTime() <= now);
        return found[0];
    }

    /** Whether any timer is pending. */
    synchronized boolean pending() {
        return wheel.timerCount() > 0;
    }

    private record AskKey(Cell<?> cell, long correlation) {}
}
