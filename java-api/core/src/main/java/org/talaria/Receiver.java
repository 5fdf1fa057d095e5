package org.talaria;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox without a handler: whoever calls gets the next message. Any thread, several at a time; messages leave in the order of each sender, and each goes to one caller.
 *
 * @param <M> what may be told
 */
public interface Receiver<M> extends AutoCloseable {
    /** Where its messages are told. */
    Ref<M> ref();

    /**
     * The next message; waits for it, spinning first.
     *
     * @return null if the time-out came first, or the receiver is closed
     * @throws CallInterruptedException if the thread was interrupted
     * @throws IllegalStateException inside a handler
     */
    @Nullable
    M receive(Duration timeout);

    /** The next message if there is one. @return null if not */
    @Nullable
    M poll();

    /** The same mailbox with another way to wait; default {@link IdleStrategy#backoff()}. Build it once, keep it. */
    Receiver<M> idle(IdleStrategy strategy);

    /** Stops it: what still waits goes to dead letters. */
    @Override
    void close();
}
