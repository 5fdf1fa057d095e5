package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journaler with nothing to do costs next to nothing, and comes back at once. */
class IdleTest {
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(2);
    /** The bar is 1 % of a core; here other work shares the machine, and makes each of the few wake-ups dearer. */
    private static final double LARGEST_SHARE = 0.03;

    @TempDir
    Path folder;

    @Test
    void shouldCostLittleWhenIdle() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (FakeEngine engine = new FakeEngine(Journal.at(folder), 1, 32, 2, 64 << 10)) {
            engine.spawn(5);
            engine.run(2_000);
            engine.drain();
            engine.writer.flush();
            long journaler = journalerId();
            park(WINDOW_NS / 2);
            long before = threads.getThreadCpuTime(journaler);
            long start = System.nanoTime();
            park(WINDOW_NS);
            double share = (threads.getThreadCpuTime(journaler) - before) / (double) (System.nanoTime() - start);
            assertTrue(share < LARGEST_SHARE, "an idle journaler takes " + share + " of a core");
        }
    }

    private static void park(long forNs) {
        long end = System.nanoTime() + forNs;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static long journalerId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("talaria-journal"))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}
