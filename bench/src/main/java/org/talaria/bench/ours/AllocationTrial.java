package org.talaria.bench.ours;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.talaria.TalariaConfig;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.TemporaryFolder;
import org.talaria.journal.Journal;

/** Bytes of the Java heap that all threads of the process together allocate a message, with claims and views. */
public final class AllocationTrial implements Trial {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final boolean journaled;

    /** With or without the journal. */
    public AllocationTrial(boolean journaled) {
        this.journaled = journaled;
    }

    @Override
    public Timing run(long operations) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            TalariaConfig config = Ours.config();
            return measure(
                    operations,
                    journaled ? config.journal(Journal.at(folder.path().resolve("journal"))) : config);
        }
    }

    private static Timing measure(long operations, TalariaConfig config) {
        Check check = new Check();
        try (TellPipe pipe = new TellPipe(check, 16, TellPipe.Way.CLAIM, 1, config)) {
            // What is made once is no price of a message: the first messages go before the count.
            long prelude = Math.max(1, operations / 4);
            send(pipe, check, 0, prelude);
            long before = allocatedBytes();
            long start = System.nanoTime();
            send(pipe, check, prelude, operations);
            long elapsed = System.nanoTime() - start;
            return Timing.of((allocatedBytes() - before) / (double) operations, elapsed);
        }
    }

    private static void send(TellPipe pipe, Check check, long first, long count) {
        check.expect(count);
        pipe.send(first, count);
        pipe.flushJournal();
        check.await();
    }

    private static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
