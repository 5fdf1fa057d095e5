package org.talaria.internal.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ask} returns; completed on the completer's thread.
 *
 * @param <R> type of the reply
 */
final class AskStage<R> extends CompletableFuture<R> {
    private final Engine engine;
    private final String target;
    private final long timeoutNs;
    private volatile @Nullable TimerEntry timeOut;
    private long correlation;

    AskStage(Engine engine, String target, long timeoutNs) {
        this.engine = engine;
        this.target = target;
        this.timeoutNs = timeoutNs;
    }

    long timeoutNs() {
        return timeoutNs;
    }

    String target() {
        return target;
    }

    /** Set before the stage is put into its slot. */
    void correlation(long id) {
        correlation = id;
    }

    long correlation() {
        return correlation;
    }

    void timeOut(TimerEntry entry) {
        timeOut = entry;
    }

    @SuppressWarnings("unchecked")
    void finish(@Nullable Object reply, @Nullable Throwable failure) {
        TimerEntry pending = timeOut;
        if (pending != null) {
            engine.timerService().cancel(pending);
        }
        if (failure != null) {
            completeExceptionally(failure);
        } else {
            complete((R) reply);
        }
    }
}
