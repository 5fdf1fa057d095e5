package org.talaria.internal.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.talaria.CallInterruptedException;
import org.talaria.Join;

/**
 * A fork's join: has a slot until it ends, and its last figures here from then on. Ended once, under its lock: by who took off the last record, or by who finds that none is left.
 */
final class JoinImpl implements Join {
    private static final long SPIN_NS = 20_000;
    private static final long LONGEST_PARK_NS = 1_000_000;
    private static final int LOOKS_BETWEEN = 64;

    private final Joins joins;
    private final long correlation;
    private final int size;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Under the lock of this. */
    private @Nullable Runnable then;

    private @Nullable CompletableFuture<Join> stage;
    /** By who forks, until the fork has returned; published by what it takes off. */
    private int refused;

    /** Its slot may be another's: what it has to say is in here. Written before the slot is freed. */
    private volatile boolean over;
    /** Written before {@link #over} is. */
    private int dead;

    JoinImpl(Joins joins, long correlation, int size, @Nullable Runnable then) {
        this.joins = joins;
        this.correlation = correlation;
        this.size = size;
        this.then = then;
    }

    long correlation() {
        return correlation;
    }

    /** So many were not accepted: nobody else will take them off. By who forks, once. */
    void refuse(int records) {
        if (records != 0) {
            refused = records;
            joins.takeOff(correlation, records, 0);
        }
    }

    /** Its one record was not accepted, and nobody is told. By who forks. */
    void drop() {
        synchronized (this) {
            then = null;
        }
        refuse(1);
    }

    /** Ends it if all are done, but who took off the last did not say so. */
    void look() {
        if (!hasEnded() && holdsSlot() && joins.remaining(correlation) == 0) {
            end();
        }
    }

    /** All are done. */
    void end() {
        end(0);
    }

    /** The engine is closed: what is not done is dead. */
    void close() {
        end(joins.remaining(correlation));
    }

    private void end(long lost) {
        synchronized (this) {
            if (hasEnded()) {
                return;
            }
            dead = (int) (joins.dead(correlation) + lost);
            over = true;
            joins.free(correlation);
            ended.countDown();
            if (then == null && stage == null) {
                return;
            }
        }
        joins.tell(this);
    }

    /** On the completer's thread. */
    void tell() {
        Runnable after;
        CompletableFuture<Join> waiting;
        synchronized (this) {
            after = then;
            then = null;
            waiting = stage;
        }
        if (after != null) {
            after.run();
        }
        if (waiting != null) {
            waiting.complete(this);
        }
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Not so in a replay. */
    private boolean holdsSlot() {
        return correlation != Joins.NO_SLOT;
    }

    @Override
    public boolean await(Duration deadline) {
        Engine engine = joins.engine();
        if (engine.senders().current().turn() != null) {
            throw new IllegalStateException(
                    "await(…) would keep this worker from what it waits for: use whenDone() in a handler");
        }
        long start = System.nanoTime();
        long mostNs = nanos(deadline);
        if (!engine.invoked() && spin(start, Math.min(mostNs, SPIN_NS))) {
            return true;
        }
        if (holdsSlot()) {
            joins.notify(correlation);
        }
        look();
        while (!hasEnded()) {
            long leftNs = mostNs - (System.nanoTime() - start);
            if (leftNs <= 0) {
                return false;
            }
            waitALittle(engine, Math.min(leftNs, LONGEST_PARK_NS));
            look();
        }
        return true;
    }

    private static long nanos(Duration deadline) {
        try {
            return deadline.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** @return whether it has ended */
    private boolean spin(long startNs, long mostNs) {
        for (int looks = 1; !hasEnded(); looks++) {
            look();
            Thread.onSpinWait();
            if (looks % LOOKS_BETWEEN == 0 && System.nanoTime() - startNs >= mostNs) {
                return hasEnded();
            }
        }
        return true;
    }

    private void waitALittle(Engine engine, long nanos) {
        if (engine.invoked() && engine.invoke() != 0) {
            return;
        }
        try {
            if (ended.await(engine.invoked() ? SPIN_NS : nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted while waiting for the end of a fork");
        }
    }

    @Override
    public CompletionStage<Join> whenDone() {
        CompletableFuture<Join> made;
        boolean late;
        synchronized (this) {
            if (stage != null) {
                return stage.minimalCompletionStage();
            }
            made = new CompletableFuture<>();
            stage = made;
            late = hasEnded();
        }
        if (late) {
            joins.tell(this);
        } else if (holdsSlot()) {
            joins.notify(correlation);
            look();
        }
        return made.minimalCompletionStage();
    }

    @Override
    public int outstanding() {
        look();
        long remaining = holdsSlot() ? joins.remaining(correlation) : size - refused;
        // Over meanwhile: then the slot may tell of another
        return over ? 0 : (int) remaining;
    }

    @Override
    public int dead() {
        long soFar = holdsSlot() ? joins.dead(correlation) : 0;
        return over ? dead : (int) soFar;
    }

    @Override
    public int refused() {
        return refused;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return "join of " + size + ", " + outstanding() + " outstanding, " + dead() + " dead, " + refused + " refused";
    }
}
