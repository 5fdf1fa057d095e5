package org.talaria.bench.peer;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.talaria.bench.harness.Medians;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.jni.PlainCalls;
import org.talaria.bench.ours.NativeParts;
import org.talaria.bench.pipe.WakeUps;

/** The median time of a bare futex wake-up: from before the system call to the first step of who slept, both in C++. That it slept is what the system call says. */
public final class FutexTrial implements Trial {
    @Override
    public Timing run(long operations) {
        NativeParts.loadPlainCalls();
        int count = (int) operations;
        UnsafeBuffer times = new UnsafeBuffer(BufferUtil.allocateDirectAligned(count * Long.BYTES, Long.BYTES));
        long start = System.nanoTime();
        long discarded = PlainCalls.futexWakes(count, WakeUps.GAP_NS, times.addressOffset());
        long elapsed = System.nanoTime() - start;
        if (discarded < 0) {
            throw new IllegalStateException(
                    discarded == -1
                            ? "this system has no futex: the wake-up row is Linux's"
                            : "the thread to be woken was mostly not asleep: this measures no wake-up");
        }
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = times.getLong(i * Long.BYTES, ByteOrder.nativeOrder());
        }
        return Timing.of(Medians.percentile(all, count, 0.5), elapsed);
    }
}
