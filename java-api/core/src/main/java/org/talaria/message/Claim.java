package org.talaria.message;

import org.talaria.CanIgnoreReturnValue;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.internal.engine.Staging;

/**
 * One message, or a batch, being written. Staged in memory of the thread's own and published by {@link #commit}: a leaked claim blocks nobody. One thread.
 * Ends by commit or abort; {@link #close} aborts what ended by neither, and throws: never silent.
 */
public abstract class Claim extends Padding implements AutoCloseable {
    /** Where the fixed part of the current record starts. For generated code; moves when the staging grows. */
    protected long address;

    private final Staging staging;

    /** For generated code. */
    protected Claim(Codec<?> codec) {
        staging = new Staging(codec);
    }

    /** Begins a claim of one record. For generated code. @throws IllegalStateException if this thread's claim of this type is still open */
    protected final void begin(Ref<?> to) {
        staging.begin(to, 1);
        address = staging.next();
    }

    /** Begins a batch of at most {@code most} records, none begun yet. For generated code. */
    protected final void beginBatch(Ref<?> to, int most) {
        staging.begin(to, most);
        address = 0;
    }

    /** Begins the next record of a batch, its fixed part zeroed. For generated code. @throws IllegalStateException if the batch is full */
    protected final void nextRecord() {
        address = staging.next();
    }

    /** Appends bytes to the current record's tail; {@link #address} may have moved. For generated code. @return offset of the bytes from {@link #address}; 8-byte aligned */
    protected final int tail(int lengthBytes) {
        int offset = staging.tail(lengthBytes);
        address = staging.address();
        return offset;
    }

    /** {@link #address}, checked. For generated setters. */
    protected final long at() {
        if (address == 0) {
            throw new IllegalStateException("no record is open: call of() or batch(…) and next() first");
        }
        return address;
    }

    /** Publishes. All or nothing. */
    public final Outcome commit() {
        address = 0;
        return staging.commit();
    }

    /** Gives it up: DROPPED. */
    @CanIgnoreReturnValue
    public final Outcome abort() {
        address = 0;
        staging.abort();
        return Outcome.DROPPED;
    }

    /** Aborts what was neither committed nor aborted. @throws IllegalStateException if it did */
    @Override
    public final void close() {
        if (staging.open()) {
            abort();
            throw new IllegalStateException("claim neither committed nor aborted: end it with commit() or abort()");
        }
    }
}
