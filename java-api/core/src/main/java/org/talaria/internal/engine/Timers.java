package org.talaria.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.RecordDescriptor;

/** Time-outs of asks, on the engine's clock: never early. Polled by the completer; a handler's time-out comes as a record in its ring, journaled like any. */
final class Timers {
    /** No timer. */
    static final long NONE = 0;

    private static final long RESOLUTION_NS = 1 << 20;
    private static final long AGAIN_NS = 100_000_000;

    private final Engine engine;
    private final DeadlineTimerWheel wheel;
    /** By the wheel's ids, which the wheel gives again to later timers. */
    private final Long2ObjectHashMap<Timer> due = new Long2ObjectHashMap<>();
    /** The wheel's ids by ours, which are never used again: cancelling a timer that ran cancels nothing. */
    private final Long2LongHashMap wheelIds = new Long2LongHashMap(DeadlineTimerWheel.NULL_DEADLINE);

    private final Map<AskKey, Long> asks = new HashMap<>();
    private final long origin;
    private long lastId = NONE;

    Timers(Engine engine) {
        this.engine = engine;
        origin = engine.clock().nanoTime();
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, RESOLUTION_NS, 1_024);
    }

    long scheduleStage(long timeoutNs, long correlation) {
        return schedule(timeoutNs, () -> engine.waiters().stages().expire(correlation));
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
        boolean told = false;
        try {
            engine.controlRecord(key.cell(), RecordDescriptor.CONTROL_TIMEOUT, key.correlation());
            told = true;
        } finally {
            if (!told) {
                // It threw (no sender slot was left): the completer reports it, and the handler's ask must end all the
                // same.
                scheduleAsk(AGAIN_NS, key.cell(), key.correlation());
            }
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
            id = ++lastId;
            long wheelId = wheel.scheduleTimer(deadline);
            wheelIds.put(id, wheelId);
            due.put(wheelId, new Timer(id, then));
        }
        engine.completer().wake();
        return id;
    }

    synchronized void cancel(long id) {
        long wheelId = wheelIds.remove(id);
        if (wheelId != wheelIds.missingValue()) {
            due.remove(wheelId);
            wheel.cancelTimer(wheelId);
        }
    }

    /** Takes out what is due next. @return null if nothing is due */
    synchronized @Nullable Runnable nextDue() {
        Timer[] found = new Timer[1];
        long now = now();
        int polled;
        long before;
        do {
            before = wheel.currentTickTime();
            polled = wheel.poll(
                    now,
                    (unit, at, wheelId) -> {
                        found[0] = due.remove(wheelId);
                        return true;
                    },
                    1);
        } while (polled == 0
                && wheel.timerCount() > 0
                && wheel.currentTickTime() != before
                && wheel.currentTickTime() <= now);
        if (found[0] == null) {
            return null;
        }
        wheelIds.remove(found[0].id());
        return found[0].then();
    }

    /** Whether any timer is pending. */
    synchronized boolean pending() {
        return wheel.timerCount() > 0;
    }

    private record Timer(long id, Runnable then) {}

    private record AskKey(Cell<?> cell, long correlation) {}
}
