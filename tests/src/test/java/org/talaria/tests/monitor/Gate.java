package org.talaria.tests.monitor;

import java.util.concurrent.CountDownLatch;
import org.talaria.tests.messages.Note;

/** A handler that stays inside until it is let go: {@link #hold} is in its stack. */
final class Gate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void hold(Note note) throws InterruptedException {
        entered.countDown();
        open.await();
    }

    void awaitEntered() throws InterruptedException {
        entered.await();
    }

    void open() {
        open.countDown();
    }
}
