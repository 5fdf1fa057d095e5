package org.talaria.bench.pipe;

/** A producer's end; its consumer runs on another thread and hands every message to a {@link Check}. The loop is inside, so that each pipe is compiled as its users would write it. */
public interface Pipe extends AutoCloseable {
    /** Sends messages {@code first} … {@code first + count − 1}: word <i>k</i> of message <i>n</i> is <i>n + k</i>. Waits where it must. */
    void send(long first, long count) throws Exception;

    /** Stops the consumer: no thread spins on. */
    @Override
    void close();

    /** Opens a pipe whose consumer reports to a check. */
    @FunctionalInterface
    interface Maker {
        /** Opens it. */
        Pipe open(Check check) throws Exception;
    }
}
