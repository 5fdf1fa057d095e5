package org.talaria.bench.ours;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.pipe.Check;

/** The share of a core that the process takes one second after the last message, over one second more. */
public final class IdleTrial implements Trial {
    private static final long SECOND_MS = 1_000;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Override
    public Timing run(long operations) throws Exception {
        Check check = new Check();
        try (TellPipe pipe = new TellPipe(check, 16, TellPipe.Way.CLAIM)) {
            check.expect(operations);
            pipe.send(0, operations);
            check.await();
            Thread.sleep(SECOND_MS);
            long cpu = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            Thread.sleep(SECOND_MS);
            long elapsed = System.nanoTime() - start;
            return Timing.of((SYSTEM.getProcessCpuTime() - cpu) / (double) elapsed, elapsed);
        }
    }
}
