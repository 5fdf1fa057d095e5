package org.talaria.internal.engine;

import static org.talaria.internal.memory.WaiterDescriptor.BYTES;
import static org.talaria.internal.memory.WaiterDescriptor.FAILED;
import static org.talaria.internal.memory.WaiterDescriptor.FREE;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_PARKED;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_SPINNING;
import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_STAGE;
import static org.talaria.internal.memory.WaiterDescriptor.PENDING;
import static org.talaria.internal.memory.WaiterDescriptor.REASON_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.REPLIED;
import static org.talaria.internal.memory.WaiterDescriptor.SIGNAL_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.TIMED_OUT;
import static org.talaria.internal.memory.WaiterDescriptor.WRITING;
import static org.talaria.internal.memory.WaiterDescriptor.state;
import static org.talaria.internal.memory.WaiterDescriptor.word;

import java.util.concurrent.atomic.AtomicReferenceArray;
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
 * <p>I6: between {@code register} and the end of the wait, exactly one of reply, failure and time-out wins the compare-and-set from PENDING; a correlation of an
 * older generation never does. A slot is freed once: of a stage by who completes it, the completer or {@link #abandon}, whichever compare-and-set won; of a thread when
 * the thread has ended.
 */
final class Waiters {
    private static final long SPIN_NS = 20_000;

    private final Engine engine;
    private final Replies replies;
    private final long base;
    private final Thread[] threads;
    private final boolean[] invoking;
    private final AtomicReferenceArray<@Nullable AskStage<?>> stages;
    private final ManyToManyConcurrentArrayQueue<Integer> free;

    Waiters(Engine engine, int slots) {
        this.engine = engine;
        replies = new Replies(engine);
        base = engine.region().section(RegionDescriptor.SECTION_WAITERS);
        threads = new Thread[slots];
        invoking = new boolean[slots];
        stages = new AtomicReferenceArray<>(slots);
        free = new ManyToManyConcurrentArrayQueue<>(slots);
        for (int i = 0; i < slots; i++) {
            free.offer(i);
        }
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
            throw new TalariaException("all " + threads.length
                    + " waiters are in use: fewer calls and asks at a time, or more with waiters(…)");
        }
        return slot;
    }

    /** Gives back the slot of a thread that has ended, wherever its last call was. */
    void release(int slot) {
        cancel(slot);
        free.offer(slot);
    }

    /** Opens a new generation for a thread that will wait. @return the correlation */
    long register(int slot, Thread thread) {
        if (invoking[slot]) {
            throw new IllegalStateException(
                    "this thread waits for a reply already, and ran this completion while it waited: use ask(…) here");
        }
        threads[slot] = thread;
        return open(slot, NOTIFY_SPINNING);
    }

    /** Opens a new generation for a stage. @return the correlation */
    long register(int slot, AskStage<?> stage) {
        // The slot is FREE: the completer, looking late for an older generation, leaves this stage alone.
        stages.set(slot, stage);
        return open(slot, NOTIFY_STAGE);
    }

    private long open(int slot, int notify) {
        long at = address(slot);
        int state = state(Mem.getLongVolatile(at));
        if (state == PENDING || state == WRITING) {
            // The last call ended by an exception; its writer must not write over this generation.
            cancel(slot);
        }
        int generation = (int) Mem.getLong(at) + 1;
        if (Mem.getInt(at + NOTIFY_OFFSET) != notify) {
            Mem.putIntOrdered(at + NOTIFY_OFFSET, notify);
        }
        // Release: in front of the claim of the request, whose compare-and-set is seq_cst (R25)
        Mem.putLongOrdered(at, word(generation, PENDING));
        return (long) slot << 32 | generation & 0xFFFFFFFFL;
    }

    /** Gives up a registration, by the owner of the slot: behind this nobody writes to it. */
    void cancel(int slot) {
        long at = address(slot);
        int generation = (int) Mem.getLongVolatile(at);
        if (!Mem.casLong(at, word(generation, PENDING), word(generation, FREE))) {
            while (state(Mem.getLongVolatile(at)) == WRITING) {
                Thread.onSpinWait();
            }
            Replies.free(at);
            Mem.putLongVolatile(at, word(generation, FREE));
        }
    }

    /** Gives up a stage whose request was not sent, and its slot. @return false if it was completed meanwhile, or will be */
    boolean abandon(long correlation) {
        int slot = (int) (correlation >>> 32);
        int generation = (int) correlation;
        if (!Mem.casLong(address(slot), word(generation, PENDING), word(generation, FREE))) {
            return false;
        }
        stages.set(slot, null);
        free.offer(slot);
        return true;
    }

    /** Wins the right to complete, or not: the asker gave up, or another completed. */
    private boolean begin(long correlation) {
        int slot = (int) (correlation >>> 32);
        int generation = (int) correlation;
        return slot >= 0
                && slot < threads.length
                && Mem.casLong(address(slot), word(generation, PENDING), word(generation, WRITING));
    }

    /** Completes with a reply; with a failure if its codec throws. Its length was checked. @return false if nobody waits any more */
    <R> boolean reply(long correlation, Codec<R> codec, R reply) {
        int length = codec.encodedLength(reply);
        // Before the compare-and-set: no memory must not leave the slot WRITING.
        long external = Replies.allocate(length);
        if (!begin(correlation)) {
            Mem.free(external);
            return false;
        }
        int slot = (int) (correlation >>> 32);
        try {
            Replies.write(address(slot), external, length, codec, reply);
        } catch (Throwable e) {
            Mem.free(external);
            finishFailed(slot, (int) correlation, Reason.HANDLER_FAILED);
            throw e;
        }
        finish(slot, word((int) correlation, REPLIED));
        return true;
    }

    /** Completes with a failure. @return false if nobody waits any more */
    boolean fail(long correlation, Reason reason) {
        if (!begin(correlation)) {
            return false;
        }
        finishFailed((int) (correlation >>> 32), (int) correlation, reason);
        return true;
    }

    private void finishFailed(int slot, int generation, Reason reason) {
        Mem.putInt(address(slot) + REASON_OFFSET, reason.code());
        finish(slot, word(generation, FAILED));
    }

    private void finish(int slot, long word) {
        long at = address(slot);
        Mem.putLongOrdered(at, word);
        // Release: publishes the reply to a thread that spins here. Only a repetition: the word decides.
        Mem.putLongOrdered(at + SIGNAL_OFFSET, word);
        // Orders the word before the look: pairs with the waiter's seq_cst store of notify before its last look at the
        // word
        Mem.fullFence();
        notifyWaiter(slot, Mem.getIntVolatile(at + NOTIFY_OFFSET));
    }

    private void notifyWaiter(int slot, int notify) {
        if (notify == NOTIFY_PARKED) {
            LockSupport.unpark(threads[slot]);
        } else if (notify == NOTIFY_STAGE) {
            engine.completer().completed(slot);
        }
    }

    /** A completion that C++ posted. On the completer. */
    void posted(long correlation) {
        int slot = (int) (correlation >>> 32);
        if ((int) Mem.getLongVolatile(address(slot)) == (int) correlation) {
            int notify = Mem.getIntVolatile(address(slot) + NOTIFY_OFFSET);
            if (notify == NOTIFY_PARKED) {
                LockSupport.unpark(threads[slot]);
            } else if (notify == NOTIFY_STAGE) {
                completeStage(slot);
            }
        }
    }

    /** Looks at every slot: completions were lost. On the completer. */
    void scan() {
        for (int slot = 0; slot < threads.length; slot++) {
            posted((long) slot << 32 | (int) Mem.getLongVolatile(address(slot)) & 0xFFFFFFFFL);
        }
    }

    /** Waits for the end of a call. Only its thread opens generations of its slot, and not while it waits. @return the final state */
    private int await(int slot, long deadlineNs) {
        long at = address(slot);
        int generation = (int) Mem.getLong(at);
        int state = spin(at, generation);
        if (state != PENDING) {
            return state;
        }
        state = state(Mem.getLongVolatile(at));
        long start = engine.clock().nanoTime();
        while (state == PENDING || state == WRITING) {
            if (engine.invoked()) {
                invoke(slot);
            } else {
                Mem.putIntVolatile(at + NOTIFY_OFFSET, NOTIFY_PARKED);
                state = state(Mem.getLongVolatile(at));
                if (state == PENDING) {
                    park(slot, deadlineNs - (engine.clock().nanoTime() - start));
                }
            }
            state = state(Mem.getLongVolatile(at));
            if (state == PENDING && engine.clock().nanoTime() - start >= deadlineNs) {
                Mem.casLong(at, word(generation, PENDING), word(generation, TIMED_OUT));
                state = state(Mem.getLongVolatile(at));
            }
        }
        if ((int) Mem.getLongVolatile(at) != generation) {
            throw new IllegalStateException("the waiter's slot was given to another (I6)");
        }
        return state;
    }

    private void invoke(int slot) {
        invoking[slot] = true;
        try {
            engine.invoke();
        } finally {
            invoking[slot] = false;
        }
    }

    /** Looks at the signal for a while. @return the state it tells, or PENDING */
    private int spin(long at, int generation) {
        if (engine.invoked()) {
            return PENDING;
        }
        long until = 0;
        int looks = 0;
        while (true) {
            // acquire: the reply lies beside it
            long signal = Mem.getLongVolatile(at + SIGNAL_OFFSET);
            if ((int) signal == generation && state(signal) != FREE) {
                return state(signal);
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
        long at = address(slot);
        if (state == REPLIED) {
            return replies.decode(at);
        }
        throw Requests.failure(state == FAILED ? Reason.ofCode(Mem.getInt(at + REASON_OFFSET)) : null, target);
    }

    /** Waits and copies the reply into a view. */
    Outcome awaitInto(int slot, long deadlineNs, View<?> view, Sender sender) {
        int state = await(slot, deadlineNs);
        if (state != REPLIED) {
            return state == FAILED ? Outcome.NO_SUCH_ENDPOINT : Outcome.TIMED_OUT;
        }
        replies.copy(address(slot), view);
        return Outcome.ACCEPTED;
    }

    /** Completes a stage whose slot is done. On the completer. */
    void completeStage(int slot) {
        long at = address(slot);
        long word = Mem.getLongVolatile(at);
        AskStage<?> stage = stages.get(slot);
        int state = state(word);
        // The second look: a thread's slot may have been freed, and be a stage's now.
        if (stage == null || state == PENDING || state == WRITING || state == FREE || Mem.getLongVolatile(at) != word) {
            return;
        }
        stages.set(slot, null);
        Object reply = null;
        Throwable failure = null;
        try {
            if (state == REPLIED) {
                reply = replies.decode(at);
            } else {
                failure = Requests.failure(
                        state == FAILED ? Reason.ofCode(Mem.getInt(at + REASON_OFFSET)) : null, stage.target());
            }
        } catch (Throwable e) {
            failure = e;
        }
        Mem.putLongVolatile(at, word((int) word, FREE));
        free.offer(slot);
        stage.finish(reply, failure);
    }

    /** The time of a stage is up. On the completer. */
    void expire(long correlation) {
        int slot = (int) (correlation >>> 32);
        int generation = (int) correlation;
        if (Mem.casLong(address(slot), word(generation, PENDING), word(generation, TIMED_OUT))) {
            completeStage(slot);
        }
    }

    /** The engine is closed: whoever still waits is told. */
    void failAll() {
        for (int slot = 0; slot < threads.length; slot++) {
            long word = Mem.getLongVolatile(address(slot));
            if (state(word) == PENDING) {
                fail((long) slot << 32 | word & 0xFFFFFFFFL, Reason.CLOSED);
            }
        }
    }
}
