package org.talaria.internal.engine;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pending entries, taken out by (deadline, order of scheduling). Under its owner's lock.
 *
 * <p>Time is cut into ticks. The entries of a tick wait together in a {@link Slot}, in no order; a slot is one timer of Agrona's wheel, which says when its tick begins. Then they
 * go into a heap, which knows the next one to the nanosecond. So adding and taking out cost the same however many are pending, and however many of them for the same moment: the
 * wheel itself searches its spokes from their start, and enlarges all of them when one is full.
 */
final class TimerWheel {
    /** No entry is pending. */
    static final long NONE = Long.MAX_VALUE;

    /** A tick is 2^24 ns, 17 ms; a rotation 69 s. */
    private static final int TICK_SHIFT = 24;

    private static final int SPOKES = 4_096;

    private final TimerHeap begun = new TimerHeap();
    private final DeadlineTimerWheel wheel =
            new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1L << TICK_SHIFT, SPOKES, 1);
    private final Long2ObjectHashMap<Slot> byTick = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Slot> byWheelId = new Long2ObjectHashMap<>();
    /** Spokes with a slot, and how many: the wheel does not tell when it has work. */
    private final BitSet occupied = new BitSet(SPOKES);

    private final int[] slotsOf = new int[SPOKES];
    /** The last tick that has begun: of this and those before it, everything is in the heap. */
    private long tick;

    private long lastOrder;
    private int size;
    /** The slot that was emptied last, kept for the next entry of its tick: time-outs that are set and taken back at once mostly are of one. */
    private @Nullable Slot spare;

    /** The entries of a tick that has not begun. */
    static final class Slot {
        private final long tick;
        private final long wheelId;
        /** Not behind the first of its entries; too early where that was taken out. */
        private long earliestNs = NONE;

        private @Nullable TimerEntry head;

        Slot(long tick, long wheelId) {
            this.tick = tick;
            this.wheelId = wheelId;
        }

        private void add(TimerEntry entry) {
            TimerEntry second = head;
            entry.slot = this;
            entry.next = second;
            if (second != null) {
                second.previous = entry;
            }
            head = entry;
            earliestNs = Math.min(earliestNs, entry.deadlineNs);
        }

        private void remove(TimerEntry entry) {
            TimerEntry before = entry.previous;
            TimerEntry behind = entry.next;
            if (before == null) {
                head = behind;
            } else {
                before.next = behind;
            }
            if (behind != null) {
                behind.previous = before;
            }
            unlink(entry);
        }

        private static void unlink(TimerEntry entry) {
            entry.slot = null;
            entry.previous = null;
            entry.next = null;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds an entry that is not pending. */
    void add(TimerEntry entry, long deadlineNs) {
        entry.deadlineNs = deadlineNs;
        entry.order = ++lastOrder;
        if (deadlineNs >> TICK_SHIFT <= tick) {
            begun.add(entry);
        } else {
            slot(deadlineNs >> TICK_SHIFT).add(entry);
        }
        size++;
    }

    private Slot slot(long of) {
        Slot slot = byTick.get(of);
        if (slot == null) {
            slot = new Slot(of, wheel.scheduleTimer(of << TICK_SHIFT));
            byTick.put(of, slot);
            byWheelId.put(slot.wheelId, slot);
            if (slotsOf[spoke(of)]++ == 0) {
                occupied.set(spoke(of));
            }
        }
        return slot;
    }

    private static int spoke(long tick) {
        return (int) tick & (SPOKES - 1);
    }

    /** Takes an entry out. @return false if it is not pending */
    boolean remove(TimerEntry entry) {
        Slot slot = entry.slot;
        if (slot != null) {
            slot.remove(entry);
            if (slot.head == null) {
                emptied(slot);
            }
        } else if (entry.heapIndex != TimerEntry.NOWHERE) {
            begun.remove(entry);
        } else {
            return false;
        }
        size--;
        return true;
    }

    private void emptied(Slot slot) {
        Slot before = spare;
        spare = slot;
        if (before != null && before != slot && before.head == null) {
            wheel.cancelTimer(before.wheelId);
            forget(before);
        }
    }

    private void forget(Slot slot) {
        byTick.remove(slot.tick);
        byWheelId.remove(slot.wheelId);
        if (--slotsOf[spoke(slot.tick)] == 0) {
            occupied.clear(spoke(slot.tick));
        }
    }

    /** Takes out the first that is due. @return null if nothing is due */
    @Nullable
    TimerEntry poll(long nowNs) {
        begin(nowNs);
        if (begun.isEmpty() || begun.first().deadlineNs > nowNs) {
            return null;
        }
        TimerEntry first = begun.first();
        begun.remove(first);
        size--;
        return first;
    }

    /** Every tick up to now begins. One rotation is enough, however long ago the last look was: the wheel gives out all of a spoke that is due, of whichever rotation. */
    private void begin(long nowNs) {
        long now = nowNs >> TICK_SHIFT;
        if (now <= tick) {
            return;
        }
        long last = Math.min(now, tick + SPOKES);
        for (long at = occupiedFrom(tick + 1); at <= last; at = occupiedFrom(at + 1)) {
            wheel.currentTickTime(at << TICK_SHIFT);
            wheel.poll(nowNs, (unit, when, wheelId) -> begin(byWheelId.get(wheelId)), Integer.MAX_VALUE);
        }
        tick = now;
    }

    private boolean begin(Slot slot) {
        forget(slot);
        if (slot == spare) {
            spare = null;
        }
        TimerEntry entry = slot.head;
        while (entry != null) {
            TimerEntry behind = entry.next;
            Slot.unlink(entry);
            begun.add(entry);
            entry = behind;
        }
        return true;
    }

    /** The first tick from this one on whose spoke has a slot, of whichever rotation; far away if none has. */
    private long occupiedFrom(long from) {
        int spoke = occupied.nextSetBit(spoke(from));
        if (spoke >= 0) {
            return from + spoke - spoke(from);
        }
        spoke = occupied.nextSetBit(0);
        return spoke < 0 ? NONE : from + SPOKES + spoke - spoke(from);
    }

    /** When to look again: not behind the first deadline, and before it by a rotation or where entries were taken out; {@link #NONE} if nothing is pending. */
    long next() {
        if (!begun.isEmpty()) {
            return begun.first().deadlineNs;
        }
        if (size == 0) {
            return NONE;
        }
        long last = tick + SPOKES;
        for (long at = occupiedFrom(tick + 1); at <= last; at = occupiedFrom(at + 1)) {
            Slot slot = byTick.get(at);
            if (slot != null) {
                return slot.earliestNs;
            }
        }
        return last << TICK_SHIFT;
    }
}
