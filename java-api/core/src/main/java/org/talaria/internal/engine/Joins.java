package org.talaria.internal.engine;

import static org.talaria.internal.memory.JoinDescriptor.BYTES;
import static org.talaria.internal.memory.JoinDescriptor.DEAD_OFFSET;
import static org.talaria.internal.memory.JoinDescriptor.NOTIFY_COMPLETER;
import static org.talaria.internal.memory.JoinDescriptor.NOTIFY_NOBODY;
import static org.talaria.internal.memory.JoinDescriptor.NOTIFY_OFFSET;
import static org.talaria.internal.memory.JoinDescriptor.REMAINING_OFFSET;
import static org.talaria.internal.memory.JoinDescriptor.WORD_OFFSET;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;

/**
 * The slots where forks count; the protocol is told in {@link org.talaria.internal.memory.JoinDescriptor}. A slot is freed once, by who ends its join. Of a join that nobody
 * waits for and whose last record native code handled nobody hears: its slot is found when slots are wanted. Any thread.
 */
final class Joins {
    /** The correlation of a join that counts nothing. */
    static final long NO_SLOT = -1;

    private final Engine engine;
    private final long base;
    private final int slots;
    private final ManyToManyConcurrentArrayQueue<Integer> free;
    private final AtomicReferenceArray<@Nullable JoinImpl> open;
    /** Ended joins, of which somebody is to be told. */
    private final ConcurrentLinkedQueue<JoinImpl> ended = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    Joins(Engine engine, int slots) {
        this.engine = engine;
        this.slots = slots;
        base = engine.region().section(RegionDescriptor.SECTION_JOINS);
        open = new AtomicReferenceArray<>(slots);
        free = new ManyToManyConcurrentArrayQueue<>(slots);
        for (int i = 0; i < slots; i++) {
            free.offer(i);
        }
    }

    Engine engine() {
        return engine;
    }

    private long address(long correlation) {
        return base + (correlation >>> 32) * BYTES;
    }

    /** Opens a join of so many records, before the first of them is claimed. @throws TalariaException if there is no slot */
    JoinImpl open(int size) {
        JoinImpl join = tryOpen(size, null);
        if (join == null) {
            throw new TalariaException(
                    "all " + slots + " joins are in use: fewer forks at a time, or more with config().joins(…)");
        }
        return join;
    }

    /**
     * Opens a join of so many records, before the first of them is claimed. In a replay it is one that never ends: what it caused is journaled.
     *
     * @param then run on the completer's thread when it has ended; null: nothing
     * @return null if there is no slot
     */
    @Nullable
    JoinImpl tryOpen(int size, @Nullable Runnable then) {
        if (!engine.keepsTime()) {
            return new JoinImpl(this, NO_SLOT, size, then);
        }
        Integer slot = free.poll();
        if (slot == null) {
            sweep();
            slot = free.poll();
        }
        if (slot == null) {
            return null;
        }
        long correlation = (long) slot << 32;
        long at = address(correlation);
        int generation = Mem.getInt(at + WORD_OFFSET) + 1;
        correlation |= generation & 0xFFFFFFFFL;
        Mem.putLong(at + WORD_OFFSET, generation & 0xFFFFFFFFL);
        Mem.putInt(at + NOTIFY_OFFSET, then == null ? NOTIFY_NOBODY : NOTIFY_COMPLETER);
        Mem.putLong(at + DEAD_OFFSET, 0);
        // seq_cst: in front of the claims; and who sweeps finds it with the join
        Mem.putLongVolatile(at + REMAINING_OFFSET, size);
        JoinImpl join = new JoinImpl(this, correlation, size, then);
        open.set(slot, join);
        return join;
    }

    /** Takes records off, so many of them dead; the last ends the join. Never throws. */
    void takeOff(long correlation, int records, int dead) {
        if (correlation >>> 32 >= slots || !engine.keepsTime()) {
            return;
        }
        long at = address(correlation);
        if (Mem.getInt(at + WORD_OFFSET) != (int) correlation) {
            return;
        }
        if (dead != 0) {
            Mem.getAndAddLong(at + DEAD_OFFSET, dead);
        }
        // seq_cst: what the handlers did is visible to who sees the last taken off
        if (Mem.getAndAddLong(at + REMAINING_OFFSET, -records) == records) {
            end(correlation);
        }
    }

    private void end(long correlation) {
        try {
            JoinImpl join = find(correlation);
            if (join != null) {
                join.end();
            }
        } catch (Throwable e) {
            // No memory: who waits looks again, and the rest is found by a sweep
            engine.deadLetters().error("join", e);
        }
    }

    private @Nullable JoinImpl find(long correlation) {
        JoinImpl join = open.get((int) (correlation >>> 32));
        return join != null && join.correlation() == correlation ? join : null;
    }

    /** How many records are not done; of a join that has not ended. */
    long remaining(long correlation) {
        return Mem.getLongVolatile(address(correlation) + REMAINING_OFFSET);
    }

    /** How many are dead so far; of a join that has not ended. */
    long dead(long correlation) {
        return Mem.getLongVolatile(address(correlation) + DEAD_OFFSET);
    }

    /** Somebody waits: who takes off the last says so. Look at {@link #remaining} behind this. A slot that is another's by now is told for nothing. */
    void notify(long correlation) {
        Mem.putIntVolatile(address(correlation) + NOTIFY_OFFSET, NOTIFY_COMPLETER);
    }

    /** The slot is the next one's. By who ended the join. */
    void free(long correlation) {
        int slot = (int) (correlation >>> 32);
        open.set(slot, null);
        free.offer(slot);
    }

    /** A join that native code ended. On the completer. */
    void posted(long correlation) {
        if (correlation >>> 32 < slots) {
            JoinImpl join = find(correlation);
            if (join != null) {
                join.look();
            }
        }
    }

    /** Looks at every slot: posts were lost, or slots are wanted. */
    void sweep() {
        for (int slot = 0; slot < slots; slot++) {
            JoinImpl join = open.get(slot);
            if (join != null) {
                join.look();
            }
        }
    }

    /** A join has ended, and somebody is to be told: by the completer, or if that has ended too, here. */
    void tell(JoinImpl join) {
        ended.offer(join);
        if (!closed) {
            engine.completer().wake();
        }
        // Behind the offer: either the completer's last look sees it, or we see that there is none
        while (closed && tellNext()) {
            // until all are told
        }
    }

    private boolean tellNext() {
        JoinImpl join = nextEnded();
        if (join != null) {
            try {
                join.tell();
            } catch (Throwable e) {
                engine.deadLetters().error("join", e);
            }
        }
        return join != null;
    }

    /** A join that has ended, of which somebody is to be told. */
    @Nullable
    JoinImpl nextEnded() {
        return ended.poll();
    }

    /** The engine is closed: what is not done is dead. */
    void close() {
        for (int slot = 0; slot < slots; slot++) {
            JoinImpl join = open.get(slot);
            if (join != null) {
                join.close();
            }
        }
        closed = true;
    }
}
