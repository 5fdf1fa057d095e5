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

    Timers(Engine engine) {
        this.engine = engine;
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, engine.clock().nanoTime(), RESOLUTION_NS, 1_024);
    }

    long scheduleStage(long timeoutNs, long correlation) {
        return schedule(timeoutNs, () -> engine.waiters().expire(correlation));
    }

    /** A handler's ask: its endpoint is sent a TIMEOUT record. */
    void scheduleAsk(long timeoutNs, Cell<?> cell, long correlation) {
        long id = schedule(timeoutNs, () -> engine.controlRecord(cell, RecordDescriptor.CONTROL_TIMEOUT, correlation));
        synchronized (this) {
            asks.put(new AskKey(cell, correlation), id);
        }
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

    private long schedule(long timeoutNs, Runnable then) {
        long now = engine.clock().nanoTime();
        long deadline = now + Math.max(0, timeoutNs) < now ? Long.MAX_VALUE : now + Math.max(0, timeoutNs);
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
        long now = engine.clock().nanoTime();
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
