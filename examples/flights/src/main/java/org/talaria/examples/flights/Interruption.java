package org.talaria.examples.flights;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ctrl-C: the run is told to stop at its next step, and the process waits until it has closed its engine and tidied up. No thread is interrupted, since an
 * interrupt would close the journal's files under the journaler.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "talaria-demo-interrupt");
    private final Consumer<String> told;
    private volatile boolean requested;

    /** @param told what a person shall read */
    Interruption(Consumer<String> told) {
        this.told = told;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @throws DemoException if the run shall end */
    void check() {
        if (requested) {
            throw new DemoException(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    /** The run has tidied up. */
    @Override
    public void close() {
        ended.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends already: the hook finds the run ended, and there is nothing left to remove.
                requested = true;
            }
        }
    }

    private void stop() {
        requested = true;
        if (ended.getCount() != 0) {
            told.accept("interrupted, closing");
        }
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                told.accept("gave up waiting for the run to close after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
