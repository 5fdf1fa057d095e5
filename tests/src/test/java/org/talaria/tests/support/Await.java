package org.talaria.tests.support;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Waiting without a time of its own: the watchdog ends what never comes. */
public final class Await {
    private Await() {}

    /** Waits until a condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.yield();
        }
    }

    /** Waits until a thread is parked or waits with a deadline: until it is inside the wait that a test means. */
    public static void waiting(Thread thread) {
        until(thread.getName() + " waits", () -> {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        });
    }

    /** The value of a future; its failure if it failed. */
    public static <T> T value(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("waited in vain", e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed", e.getCause());
        }
    }

    /** What a stage failed with. Fails if it did not fail. */
    public static Throwable failure(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().get();
            throw new AssertionError("did not fail, but gave " + value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("waited in vain", e);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
