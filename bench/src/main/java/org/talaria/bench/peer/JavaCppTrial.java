package org.talaria.bench.peer;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.jni.PlainCalls;
import org.talaria.bench.ours.NativeParts;
import org.talaria.bench.pipe.Check;

/** One JavaCPP call, or one JavaCPP callback, a message: on the caller's own thread, as such calls are. */
public final class JavaCppTrial implements Trial {
    private final int payload;
    private final boolean callback;

    /** C++ → Java, in millions a second, if {@code callback}; else Java → C++, in nanoseconds a call. */
    public JavaCppTrial(int payload, boolean callback) {
        this.payload = payload;
        this.callback = callback;
    }

    @Override
    public Timing run(long operations) {
        NativeParts.loadPlainCalls();
        return callback ? callbacks(operations) : calls(operations);
    }

    private Timing calls(long operations) {
        UnsafeBuffer message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(payload, 64));
        long address = message.addressOffset();
        long wrong = 0;
        long start = System.nanoTime();
        for (long n = 0; n < operations; n++) {
            for (int k = 0; k < payload / Long.BYTES; k++) {
                message.putLong(k * Long.BYTES, n + k);
            }
            wrong |= PlainCalls.call(address, payload, n);
        }
        long elapsed = System.nanoTime() - start;
        if (wrong != 0) {
            throw new IllegalStateException("C++ read other words than Java wrote");
        }
        return Timing.of(elapsed / (double) operations, elapsed);
    }

    private Timing callbacks(long operations) {
        Check check = new Check();
        check.expect(operations);
        try (PlainCalls.Receiver receiver = new Checked(check, payload)) {
            long start = System.nanoTime();
            PlainCalls.callbacks(0, operations, payload, receiver);
            long elapsed = System.nanoTime() - start;
            check.verify(operations);
            return Timing.millionsPerSecond(operations, elapsed);
        }
    }

    /** Reads the message where it lies. */
    private static final class Checked extends PlainCalls.Receiver {
        private final Check check;
        private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
        private final boolean two;

        Checked(Check check, int payload) {
            this.check = check;
            two = payload == 16;
        }

        @Override
        public void call(long address, int lengthBytes) {
            bytes.wrap(address, lengthBytes);
            if (two) {
                AgronaPipe.two(check, bytes, 0);
            } else {
                AgronaPipe.eight(check, bytes, 0);
            }
        }
    }
}
