package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.TalariaClock;

/**
 * What the engine is to do later, on its clock and never early: time-outs of asks, and messages of timers. The completer polls it, and sleeps until the next is due: it is woken
 * only by one that is due before that.
 */
final class TimerService {
    /** The longest sleep on a clock that may be moved without a word. */
    private static final long LOOK_NS = 1_000_000;

    private final Engine engine;
    private final long originNs;
    private final boolean systemClock;
    private final FullEndpoints full = new FullEndpoints(this);

    /** Made when it is first needed. This and the next are under the lock of this. */
    private @Nullable TimerWheel wheel;

    /** Until when the polling thread sleeps, or would: what is due before that wakes it. */
    private long wakeAtNs = TimerWheel.NONE;

    private volatile boolean any;
    private volatile boolean closed;

    TimerService(Engine engine) {
        this.engine = engine;
        systemClock = engine.clock() == TalariaClock.SYSTEM;
        originNs = engine.clock().nanoTime();
    }

    /** Time since this engine opened: a clock's origin is arbitrary, and deadlines are compared where they should be subtracted. */
    long nowNs() {
        return engine.clock().nanoTime() - originNs;
    }

    FullEndpoints full() {
        return full;
    }

    /** Runs an entry later. @param delayNs less than zero is zero; more than time has is its end */
    void schedule(TimerEntry entry, long delayNs) {
        long now = nowNs();
        scheduleAt(entry, now + Math.min(Math.max(0, delayNs), TimerWheel.NONE - 1 - now));
    }

    /** Runs an entry at a time, unless this is closed, or the engine a replay. */
    void scheduleAt(TimerEntry entry, long deadlineNs) {
        if (!engine.keepsTime()) {
            return;
        }
        boolean wakes;
        synchronized (this) {
            if (closed) {
                return;
            }
            TimerWheel pending = wheel;
            if (pending == null) {
                pending = new TimerWheel();
                wheel = pending;
            }
            pending.add(entry, deadlineNs);
            any = true;
            wakes = deadlineNs < wakeAtNs;
            if (wakes) {
                wakeAtNs = deadlineNs;
            }
        }
        if (wakes) {
            engine.completer().wake();
        }
    }

    /** Whatever it was to do is not done any more, if that has not begun. */
    synchronized void cancel(TimerEntry entry) {
        TimerWheel pending = wheel;
        if (pending != null) {
            pending.remove(entry);
        }
    }

    /** Whether an entry may be pending: costs nothing to ask. */
    boolean any() {
        return any;
    }

    /** Takes out what is due next. On the polling thread. @return null if nothing is due */
    synchronized @Nullable TimerEntry nextDue(long nowNs) {
        TimerWheel pending = wheel;
        if (pending == null) {
            return null;
        }
        TimerEntry due = pending.poll(nowNs);
        if (due == null && pending.isEmpty()) {
            any = false;
        }
        return due;
    }

    /**
     * How long the polling thread may sleep, which it does at once: what is scheduled from here on wakes it if it is due earlier. It sleeps no longer where an entry was
     * taken out: one that is scheduled and cancelled again and again, as time-outs are, would wake it each time.
     */
    synchronized long sleepNs(long longestNs) {
        long next = wheel == null ? TimerWheel.NONE : wheel.next();
        if (next == TimerWheel.NONE && wakeAtNs == TimerWheel.NONE) {
            return longestNs;
        }
        long now = nowNs();
        if (!systemClock || wakeAtNs <= now || next < wakeAtNs) {
            wakeAtNs = next;
        }
        if (wakeAtNs == TimerWheel.NONE) {
            return longestNs;
        }
        return Math.min(systemClock ? longestNs : LOOK_NS, Math.max(1, wakeAtNs - now));
    }

    /** A timer belongs to an endpoint from now on; by the holder of its shard. */
    synchronized void adopt(Cell.Extras owner, MessageTimer<?> timer) {
        MessageTimer<?> second = owner.timers;
        timer.owner = owner;
        timer.ownersNext = second;
        if (second != null) {
            second.ownersPrevious = timer;
        }
        owner.timers = timer;
    }

    /** A timer has ended. */
    synchronized void forget(MessageTimer<?> timer) {
        cancel(timer);
        Cell.Extras owner = timer.owner;
        if (owner == null) {
            return;
        }
        MessageTimer<?> before = timer.ownersPrevious;
        MessageTimer<?> behind = timer.ownersNext;
        if (before == null) {
            owner.timers = behind;
        } else {
            before.ownersNext = behind;
        }
        if (behind != null) {
            behind.ownersPrevious = before;
        }
        timer.owner = null;
        timer.ownersPrevious = null;
        timer.ownersNext = null;
    }

    private synchronized @Nullable MessageTimer<?> firstOf(Cell.Extras owner) {
        return owner.timers;
    }

    /** An endpoint has stopped: its timers end. By the holder of its shard. */
    void stopped(Cell<?> cell) {
        Cell.Extras owner = cell.extrasOrNull();
        if (owner == null) {
            return;
        }
        MessageTimer<?> timer = firstOf(owner);
        while (timer != null) {
            timer.end();
            timer = firstOf(owner);
        }
    }

    boolean closed() {
        return closed;
    }

    /** Drops what is pending; nothing is scheduled any more. */
    synchronized void close() {
        closed = true;
        any = false;
        wheel = null;
    }
}
