package org.talaria.bench.jni;

import org.bytedeco.javacpp.FunctionPointer;
import org.bytedeco.javacpp.annotation.Name;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** {@code plain_calls.h} and {@code futex_wakes.h}, as JavaCPP binds it: primitives only, no exception translation, which is its fastest form. Any thread. */
@Platform(
        include = {"plain_calls.h", "futex_wakes.h"},
        library = "jnibench")
@NoException(true)
public final class PlainCalls {
    private PlainCalls() {}

    /** Carries one message to C++: verifies its words. @return other than zero if one is not what message {@code n} holds */
    @Name("talaria_bench_call")
    public static native long call(long address, int lengthBytes, long n);

    /** Has C++ send messages {@code first} … {@code first + count − 1} of {@code lengthBytes} each, one callback a message, on the calling thread. */
    @Name("talaria_bench_callbacks")
    public static native void callbacks(long first, long count, int lengthBytes, Receiver receiver);

    /** Wakes a thread of C++'s from a futex {@code count} times, as {@code futex_wakes.h} says; the nanoseconds of each go to an address. */
    @Name("talaria_bench_futex_wakes")
    public static native long futexWakes(int count, long gapNs, long timesAddress);

    /** Receives one message a call. Hold it strongly while C++ may call. */
    public static class Receiver extends FunctionPointer {
        /** For subclasses, which override {@link #call}. */
        protected Receiver() {
            allocate();
        }

        private native void allocate();

        /** A message lies at an address, until this returns. */
        public native void call(long address, int lengthBytes);
    }
}
