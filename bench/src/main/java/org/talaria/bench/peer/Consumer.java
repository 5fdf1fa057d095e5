package org.talaria.bench.peer;

import java.util.function.IntSupplier;

/** A thread that polls until it is closed, spinning. */
final class Consumer implements AutoCloseable {
    private final Thread thread;
    private final IntSupplier poll;
    private final int pause;
    private volatile boolean stop;

    /** Starts it: {@code poll} returns how many it took; after none, so many pauses. */
    Consumer(IntSupplier poll, int pause) {
        this.poll = poll;
        this.pause = pause;
        thread = new Thread(this::run, "peer-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stop) {
            if (poll.getAsInt() == 0) {
                for (int i = 0; i < pause; i++) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Override
    public void close() {
        stop = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
