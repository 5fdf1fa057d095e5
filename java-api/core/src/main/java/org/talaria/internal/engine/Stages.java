package org.talaria.internal.engine;

import static org.talaria.internal.memory.WaiterDescriptor.NOTIFY_STAGE;
import static org.talaria.internal.memory.WaiterDescriptor.REPLIED;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The stages that {@code ask} has returned and that wait, by their slot in {@link Waiters}. Each is completed once, on the completer's thread, or given up by the asker whose
 * request was not accepted; who does frees the slot (I6).
 */
final class Stages {
    private final Waiters waiters;
    private final AtomicReferenceArray<@Nullable AskStage<?>> stages;

    Stages(Waiters waiters, int slots) {
        this.waiters = waiters;
        stages = new AtomicReferenceArray<>(slots);
    }

    /** Begins a generation for a stage. @return the correlation */
    long register(int slot, AskStage<?> stage) {
        long correlation = waiters.prepare(slot, NOTIFY_STAGE);
        stage.correlation(correlation);
        // Before it is known to wait: the close may fail it from then on
        stages.set(slot, stage);
        waiters.waiting(slot, correlation);
        return correlation;
    }

    /** Gives up a stage whose request was not sent, and its slot. @return false if it was completed meanwhile, or will be */
    boolean abandon(long correlation) {
        int slot = Waiters.slot(correlation);
        if (!waiters.giveUp(correlation)) {
            return false;
        }
        stages.set(slot, null);
        waiters.free(slot);
        return true;
    }

    /** Completes a stage whose slot is done. On the completer. */
    void complete(int slot) {
        AskStage<?> stage = stages.get(slot);
        if (stage == null) {
            return;
        }
        int state = waiters.told(slot, (int) stage.correlation());
        if (state != Waiters.PENDING) {
            complete(slot, stage, state);
        }
    }

    private void complete(int slot, AskStage<?> stage, int state) {
        stages.set(slot, null);
        Object reply = null;
        Throwable failure = null;
        try {
            if (state == REPLIED) {
                reply = waiters.decode(slot);
            } else {
                failure = waiters.failure(slot, state, stage.target(), stage.timeoutNs());
            }
        } catch (Throwable e) {
            failure = e;
        }
        waiters.free(slot);
        stage.finish(reply, failure);
    }

    /** The time of a stage is up. On the completer. */
    void expire(long correlation) {
        int slot = Waiters.slot(correlation);
        AskStage<?> stage = stages.get(slot);
        // Nobody but the completer ends a stage whose request was sent, so it stays this one
        if (stage != null && stage.correlation() == correlation && waiters.giveUp(correlation)) {
            complete(slot, stage, Waiters.TIMED_OUT);
        }
    }
}
