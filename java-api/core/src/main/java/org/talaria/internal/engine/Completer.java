package org.talaria.internal.engine;

import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RegionLayout;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * Completes stages, unparks threads for C++ (which cannot, R9), and runs timers: users' completions never run on a worker (R25). A thread of its own; in an
 * invoked engine, whoever invokes. What one completion throws or leaves behind hurts no other.
 */
final class Completer implements Runnable {
    private static final int READY_TYPE = 2;
    private static final int JOINED_TYPE = 3;
    private static final long IDLE_WAIT_NS = 200_000_000;
    private static final long AGAIN_WAIT_NS = 1_000_000;
    private static final int TIMERS_BETWEEN = 1_024;

    private final Engine engine;
    private final long region;
    private final ClaimRing ring;
    private final ManyToOneConcurrentLinkedQueue<Integer> slots = new ManyToOneConcurrentLinkedQueue<>();
    private @Nullable Thread thread;
    private volatile boolean running = true;
    private final Runnable receivers = this::pollReceivers;
    /** Native code made a receiver's shard READY. */
    private boolean readyOnes;
    /** A receiver's task was rejected, and is tried again soon. */
    private boolean again;

    Completer(Engine engine) {
        this.engine = engine;
        region = engine.region().address();
        ring = new ClaimRing(
                engine.region().section(RegionDescriptor.SECTION_COMPLETIONS), RegionLayout.COMPLETION_CAPACITY);
    }

    /** A stage's slot is done. Any thread. */
    void completed(int slot) {
        slots.offer(slot);
        wake();
    }

    /** Looks again: something was added. Any thread. */
    void wake() {
        Mem.getAndAddInt(region + RegionDescriptor.COMPLETION_WORD_OFFSET, 1);
        if (Mem.casInt(region + RegionDescriptor.COMPLETER_PARKED_OFFSET, 1, 0)) {
            engine.wakeCompleter(region + RegionDescriptor.COMPLETION_WORD_OFFSET);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (running) {
            int word = Mem.getIntVolatile(region + RegionDescriptor.COMPLETION_WORD_OFFSET);
            if (poll() == 0) {
                // seq_cst: set before the word is compared, by the wait, against what was read before the poll
                Mem.putIntVolatile(region + RegionDescriptor.COMPLETER_PARKED_OFFSET, 1);
                engine.awaitCompletions(
                        region + RegionDescriptor.COMPLETION_WORD_OFFSET,
                        word,
                        engine.timerService().sleepNs(again ? AGAIN_WAIT_NS : IDLE_WAIT_NS));
                Mem.putIntVolatile(region + RegionDescriptor.COMPLETER_PARKED_OFFSET, 0);
            }
        }
        poll();
    }

    /** Does what there is to do. One thread at a time; a completion may get here again, by invoking. */
    int poll() {
        int done = pollCompletions();
        return done + pollTimers();
    }

    private int pollCompletions() {
        Waiters waiters = engine.waiters();
        int done = pollRing();
        Integer slot = slots.poll();
        while (slot != null) {
            int completed = slot;
            guarded(() -> waiters.stages().complete(completed));
            done++;
            slot = slots.poll();
        }
        Joins joins = engine.joins();
        for (JoinImpl join = joins.nextEnded(); join != null; join = joins.nextEnded()) {
            guarded(join::tell);
            done++;
        }
        if (Mem.getIntVolatile(region + RegionDescriptor.COMPLETIONS_LOST_OFFSET) != 0) {
            Mem.putIntVolatile(region + RegionDescriptor.COMPLETIONS_LOST_OFFSET, 0);
            guarded(waiters::scan);
            guarded(joins::sweep);
            readyOnes = true;
        }
        guarded(receivers);
        return done;
    }

    private void pollReceivers() {
        boolean all = readyOnes;
        readyOnes = false;
        again = engine.receivers().poll(all);
    }

    /** Runs what is due now: not what becomes due meanwhile, which may be something always. */
    private int pollTimers() {
        TimerService timers = engine.timerService();
        if (!timers.any()) {
            return 0;
        }
        int done = 0;
        long now = timers.nowNs();
        Runnable due = timers.nextDue(now);
        while (due != null) {
            guarded(due);
            if (++done % TIMERS_BETWEEN == 0) {
                done += pollCompletions();
            }
            due = timers.nextDue(now);
        }
        return done;
    }

    private int pollRing() {
        int done = 0;
        while (true) {
            long head = ring.head();
            if (head >= ring.tail()) {
                return done;
            }
            long record = ring.address(head);
            // acquire: pairs with the poster's commit
            int length = Mem.getIntVolatile(record);
            if (length <= 0) {
                return done;
            }
            int type = Mem.getInt(record + 4);
            long correlation = type == RingDescriptor.PADDING_TYPE ? 0 : Mem.getLong(record + 8);
            // Before the completion runs: it may throw, or poll itself.
            ring.reclaim(head, head + RingDescriptor.align8(length));
            if (type == READY_TYPE) {
                readyOnes = true;
                done++;
            } else if (type == JOINED_TYPE) {
                guarded(() -> engine.joins().posted(correlation));
                done++;
            } else if (type != RingDescriptor.PADDING_TYPE) {
                guarded(() -> engine.waiters().posted(correlation));
                done++;
            }
        }
    }

    private void guarded(Runnable item) {
        try {
            item.run();
        } catch (Throwable e) {
            engine.deadLetters().error("completer", e);
        }
        if (thread == Thread.currentThread()) {
            // A completion's interrupt is not the next one's; who invokes keeps its own.
            Thread.interrupted();
        }
    }

    void stop() {
        running = false;
        engine.timerService().close();
        wake();
    }
}
