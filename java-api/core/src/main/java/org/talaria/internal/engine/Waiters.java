package org.talaria.internal.engine;

import static org.talaria.internal.memory.WaiterDescriptor.BYTES;
import static org.talaria.internal.memory.WaiterDescriptor.FAILED;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_PARKED;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_SPINNING;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_STAGE;
import static org.talaria.internal.memory.WaiterDescriptor.OPEN;
import static org.talaria.internal.memory.WaiterDescriptor.REPLIED;
import static org.talaria.internal.memory.WaiterDescriptor.SIGNAL_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.WRITING;
import static org.talaria.internal.memory.WaiterDescriptor.state;
import static org.talaria.internal.memory.WaiterDescriptor.word;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;
import org.talaria.CallInterruptedException;
import org.talaria.DeadLetter.Reason;
import org.talaria.Outcome;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.message.Codec;
import org.talaria.message.View;

/**
 * The slots where threads wait for replies (R25); the protocol is told in {@link org.talaria.internal.memory.WaiterDescriptor}.
 *
 * <p>I6: between {@code register} and the end of the wait, exactly one of reply, failure and time-out wins the compare-and-set from OPEN; a correlation of an
 * older generation never does. A slot is freed once: of a stage by who completes it, the completer or {@link Stages#abandon}, whichever compare-and-set won; of a thread when
 * the thread has ended.
 */
final class Waiters {
    private static final long SPIN_NS = 20_000;
    static final int PENDING = 0;
    static final int TIMED_OUT = -1;
    private static final long NONE = WaiterSlot.NONE;
    private static final int MOST_LOOKS = 10_000;

    private final Engine engine;
    private final Replies replies;
    private final long base;
    private final WaiterSlot[] slots;
    private final Stages stages;
    private final ManyToManyConcurrentArrayQueue<Integer> free;

    Waiters(Engine engine, int slots) {
        this.engine = engine;
        replies = new Replies(engine);
        base = engine.region().section(RegionDescriptor.SECTION_WAITERS);
        this.slots = new WaiterSlot[slots];
        stages = new Stages(this, slots);
        free = new ManyToManyConcurrentArrayQueue<>(slots);
        for (int i = 0; i < slots; i++) {
            free.offer(i);
        }
    }

    static int slot(long correlation) {
        return (int) (correlation >>> 32);
    }

    private long address(int slot) {
        return base + (long) slot * BYTES;
    }

    /** Takes a slot. @throws TalariaException if there is none */
    int takeSlot() {
        Integer slot = free.poll();
        if (slot == null) {
            engine.senders().reclaim();
            slot = free.poll();
        }
        if (slot == null) {
            throw new TalariaException("all " + slots.length
                    + " waiters are in use: fewer calls and asks at a time, or more with waiters(…)");
        }
        if (slots[slot] == null) {
            slots[slot] = new WaiterSlot();
        }
        return slot;
    }

    /** The waiters that are stages. */
    Stages stages() {
        return stages;
    }

    /** The correlation of the generation that a slot's owner has prepared is known to {@link #failAll} from here on. */
    void waiting(int slot, long correlation) {
        // Pairs with the acquireFence of failAll: who finds the correlation finds whom to tell, and how
        Mem.releaseFence();
        slots[slot].waiting = correlation;
    }

    /** The slot's generation has ended, and nobody owns it. */
    void free(int slot) {
        ended(slot);
        free.offer(slot);
    }

    /** Decodes the reply in a slot and frees its memory. */
    Object decode(int slot) {
        return replies.decode(address(slot));
    }

    /** Gives back the slot of a thread that has ended, wherever its last call was. */
    void release(int slot) {
        cancel(slot);
        free.offer(slot);
    }

    /** Begins a generation for a thread that will wait. @return the correlation */
    long register(int slot, Thread thread) {
        WaiterSlot own = slots[slot];
        if (own.invoking) {
            throw new IllegalStateException(
                    "this thread waits for a reply already, and ran this completion while it waited: use ask(…) here");
        }
        if (own.thread != thread) {
            own.thread = thread;
        }
        long correlation = prepare(slot, NOTIFY_SPINNING);
        waiting(slot, correlation);
        return correlation;
    }

    /** Begins a generation, by the owner of the slot. @return the correlation */
    long prepare(int slot, int notify) {
        WaiterSlot own = slots[slot];
        if (own.waiting != NONE) {
            // The last call ended by an exception; its writer must not write over this generation.
            cancel(slot);
        }
        notify(slot, own, notify);
        return (long) slot << 32 | own.generation & 0xFFFFFFFFL;
    }

    private void notify(int slot, WaiterSlot own, int notify) {
        if (own.notified != notify) {
            own.notified = notify;
            // seq_cst: before the look at the signal, as the writer's signal is before its look at notify
            Mem.putIntVolatile(address(slot) + NOTIFY_OFFSET, notify);
        }
    }

    /** The generation has ended, whichever way: by the owner of the slot. */
    void ended(int slot) {
        // No call: a stack that ends here must not leave one done without the other
        WaiterSlot own = slots[slot];
        own.generation++;
        own.waiting = NONE;
        if (own.failure != null) {
            own.failure = null;
        }
    }

    /** Gives up a registration, by the owner of the slot: behind this nobody writes to it. */
    void cancel(int slot) {
        long correlation = slots[slot].waiting;
        if (correlation == NONE) {
            return;
        }
        if (!giveUp(correlation) && isAwaited(slot, (int) correlation)) {
            awaitSignal(slot);
            Replies.free(address(slot));
        }
        ended(slot);
    }

    /** Whether a signal of this generation has come or will: false where it was given up, and a stack that ended kept that from being noted. */
    private boolean isAwaited(int slot, int generation) {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            if (Mem.getLongVolatile(address(slot)) == word(generation, WRITING) || told(slot, generation) != PENDING) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    /** Wins the right to give up, or not: another completes. */
    boolean giveUp(long correlation) {
        int generation = (int) correlation;
        return Mem.casLong(address(slot(correlation)), word(generation, OPEN), word(generation + 1, OPEN));
    }

    /** Wins the right to complete, or not: the asker gave up, or another completed. */
    private boolean winsWriting(long correlation) {
        int slot = slot(correlation);
        int generation = (int) correlation;
        return slot >= 0
                && slot < slots.length
                && Mem.casLong(address(slot), word(generation, OPEN), word(generation, WRITING));
    }

    /** Completes with a reply; with a failure if its codec throws. Its length was checked. @return false if nobody waits any more */
    <R> boolean reply(long correlation, Codec<R> codec, R reply) {
        int length = codec.encodedLength(reply);
        // Before the compare-and-set: no memory must not leave the slot WRITING.
        long external = Replies.allocate(length);
        if (!winsWriting(correlation)) {
            Mem.free(external);
            return false;
        }
        try {
            Replies.write(address(slot(correlation)), external, length, codec, reply);
        } catch (Throwable e) {
            Mem.free(external);
            finishFailed(correlation, Reason.HANDLER_FAILED, e);
            throw e;
        }
        finish(correlation, REPLIED);
        return true;
    }

    /** Completes with a failure. @return false if nobody waits any more */
    boolean fail(long correlation, Reason reason, @Nullable Throwable cause) {
        if (!winsWriting(correlation)) {
            return false;
        }
        finishFailed(correlation, reason, cause);
        return true;
    }

    private void finishFailed(long correlation, Reason reason, @Nullable Throwable cause) {
        slots[slot(correlation)].failure = cause;
        Replies.fail(address(slot(correlation)), reason);
        finish(correlation, FAILED);
    }

    private void finish(long correlation, int state) {
        int slot = slot(correlation);
        int generation = (int) correlation;
        long at = address(slot);
        // Before the signal: who sees that sends the next request at once, and its reply must find the word open
        Mem.putLongOrdered(at, word(generation + 1, OPEN));
        // Release: publishes the reply
        Mem.putLongOrdered(at + SIGNAL_OFFSET, word(generation, state));
        // Orders the signal before the look: pairs with the waiter's seq_cst store of notify before its last look at
        // the signal
        Mem.fullFence();
        notifyWaiter(slot, Mem.getIntVolatile(at + NOTIFY_OFFSET));
    }

    private void notifyWaiter(int slot, int notify) {
        if (notify == NOTIFY_PARKED) {
            LockSupport.unpark(slots[slot].thread);
        } else if (notify == NOTIFY_STAGE) {
            engine.completer().completed(slot);
        }
    }

    /** A completion that C++ posted. On the completer. */
    void posted(long correlation) {
        look(slot(correlation));
    }

    /** Looks at every slot: completions were lost. On the completer. */
    void scan() {
        for (int slot = 0; slot < slots.length; slot++) {
            look(slot);
        }
    }

    private void look(int slot) {
        int notify = Mem.getIntVolatile(address(slot) + NOTIFY_OFFSET);
        if (notify == NOTIFY_PARKED) {
            LockSupport.unpark(slots[slot].thread);
        } else if (notify == NOTIFY_STAGE) {
            stages.complete(slot);
        }
    }

    /** How the generation ended; PENDING if it has not. */
    int told(int slot, int generation) {
        // acquire: the reply lies beside it
        long signal = Mem.getLongVolatile(address(slot) + SIGNAL_OFFSET);
        return (int) signal == generation ? state(signal) : PENDING;
    }

    /** Somebody has won the right to complete: waits for the end of that. */
    private int awaitSignal(int slot) {
        int state = told(slot, slots[slot].generation);
        for (int looks = 0; state == PENDING; looks++) {
            if (looks < 1_000) {
                Thread.onSpinWait();
            } else {
                // The writer has lost its processor
                Thread.yield();
            }
            state = told(slot, slots[slot].generation);
        }
        return state;
    }

    /** Waits for the end of a call. Only its thread opens generations of its slot, and not while it waits. @return the final state */
    private int await(int slot, long deadlineNs) {
        int generation = slots[slot].generation;
        int state = spin(slot, generation);
        if (state != PENDING) {
            return state;
        }
        long start = engine.clock().nanoTime();
        while (true) {
            if (engine.invoked()) {
                invoke(slot);
            } else {
                awaitUnpark(slot, generation, deadlineNs - (engine.clock().nanoTime() - start));
            }
            state = told(slot, generation);
            if (state != PENDING) {
                return state;
            }
            if (engine.clock().nanoTime() - start >= deadlineNs) {
                return giveUp(slots[slot].waiting) ? TIMED_OUT : awaitSignal(slot);
            }
        }
    }

    private void awaitUnpark(int slot, int generation, long nanos) {
        notify(slot, slots[slot], NOTIFY_PARKED);
        if (told(slot, generation) == PENDING) {
            park(slot, nanos);
        }
    }

    private void invoke(int slot) {
        WaiterSlot own = slots[slot];
        own.invoking = true;
        try {
            engine.invoke();
        } finally {
            own.invoking = false;
        }
    }

    /** Looks at the signal for a while. @return the state it tells, or PENDING */
    private int spin(int slot, int generation) {
        if (engine.invoked()) {
            return PENDING;
        }
        long until = 0;
        int looks = 0;
        while (true) {
            int state = told(slot, generation);
            if (state != PENDING) {
                return state;
            }
            Thread.onSpinWait();
            if ((++looks & 63) == 0) {
                long now = System.nanoTime();
                if (until == 0) {
                    until = now + SPIN_NS;
                } else if (now - until >= 0) {
                    return PENDING;
                }
            }
        }
    }

    private void park(int slot, long nanos) {
        // A clock that stands still must not park for ever: 1 ms at most, then look again.
        LockSupport.parkNanos(this, Math.max(1, Math.min(nanos, 1_000_000)));
        if (Thread.interrupted()) {
            cancel(slot);
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted while waiting for a reply");
        }
    }

    /** Waits and decodes. */
    Object await(int slot, long deadlineNs, String target) {
        int state = await(slot, deadlineNs);
        try {
            if (state == REPLIED) {
                return decode(slot);
            }
            throw failure(slot, state, target, deadlineNs);
        } finally {
            ended(slot);
        }
    }

    /** Waits and copies the reply into a view. */
    Outcome awaitInto(int slot, long deadlineNs, View<?> view, Sender sender) {
        int state = await(slot, deadlineNs);
        try {
            if (state != REPLIED) {
                return state == FAILED ? Outcome.NO_SUCH_ENDPOINT : Outcome.TIMED_OUT;
            }
            replies.copy(address(slot), view);
            return Outcome.ACCEPTED;
        } finally {
            ended(slot);
        }
    }

    /** Why there is no reply. */
    TalariaException failure(int slot, int state, String target, long timeoutNs) {
        if (state != FAILED) {
            return Requests.late(target, timeoutNs);
        }
        Throwable cause = slots[slot].failure;
        return Requests.failed(
                target, Replies.reason(address(slot)), cause != null ? cause : Replies.failure(address(slot)));
    }

    /** The engine is closed: whoever still waits is told. */
    void failAll() {
        for (WaiterSlot slot : slots) {
            // One that is missed here has a request that is refused or dead-lettered: it was claimed behind this word
            long correlation = slot == null ? NONE : slot.waiting;
            if (correlation != NONE) {
                // Pairs with the releaseFence of waiting
                Mem.acquireFence();
                fail(correlation, Reason.CLOSED, null);
            }
        }
    }
}
