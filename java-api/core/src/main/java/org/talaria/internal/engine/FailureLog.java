package org.talaria.internal.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.talaria.DeadLetter;
import org.talaria.EngineError;

/**
 * Listens where the user has set no listener: the first failures of each second are logged, the others counted and told in one line. Any thread; no lock of its own,
 * so that a slow log delays only those that write to it.
 */
final class FailureLog {
    private static final System.Logger LOG = System.getLogger("org.talaria");
    private static final int MOST_A_SECOND = 10;
    private static final long WINDOW_NS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final boolean logsErrors;
    private final AtomicLong windowStartNs;
    private final AtomicLong inWindow = new AtomicLong();
    private final AtomicLong heldBack = new AtomicLong();

    /** @param logsErrors whether {@link #error} is told what handlers throw, so that their dead letters need not be told again */
    FailureLog(LongSupplier nanoTime, boolean logsErrors) {
        this.nanoTime = nanoTime;
        this.logsErrors = logsErrors;
        windowStartNs = new AtomicLong(nanoTime.getAsLong());
    }

    void deadLetter(DeadLetter letter) {
        if (logsErrors && letter.reason() == DeadLetter.Reason.HANDLER_FAILED && letter.cause() != null) {
            return;
        }
        if (admit()) {
            LOG.log(System.Logger.Level.WARNING, () -> describe(letter));
        }
    }

    void error(EngineError error) {
        if (admit()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> error.where() + " failed: " + Requests.words(error.cause()),
                    error.cause());
        }
    }

    void close() {
        tellHeldBack();
    }

    /** Not the message's contents: they may be large, or nobody's business. */
    private static String describe(DeadLetter letter) {
        Object message = letter.message();
        String what = message == null
                ? "schema " + letter.schemaId()
                : message.getClass().getSimpleName();
        return "dead letter, " + what + " to " + letter.target() + " (" + letter.reason() + "): " + words(letter);
    }

    private static String words(DeadLetter letter) {
        Throwable cause = letter.cause();
        if (cause == null) {
            return letter.reason().explanation();
        }
        return Requests.words(cause);
    }

    private boolean admit() {
        long now = nanoTime.getAsLong();
        long start = windowStartNs.get();
        if (now - start >= WINDOW_NS && windowStartNs.compareAndSet(start, now)) {
            inWindow.set(0);
            tellHeldBack();
        }
        boolean admitted = inWindow.getAndIncrement() < MOST_A_SECOND;
        if (!admitted) {
            heldBack.getAndIncrement();
        }
        return admitted;
    }

    private void tellHeldBack() {
        long count = heldBack.getAndSet(0);
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> count
                            + " more failures are not shown: onDeadLetter(…) and onError(…) of the configuration are told each");
        }
    }
}
