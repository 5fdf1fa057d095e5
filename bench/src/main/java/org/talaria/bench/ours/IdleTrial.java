package org.talaria.bench.ours;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
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
            // What reading it costs the first time, in classes and compilation, is not the engine's
            cpuNs();
            Thread.sleep(SECOND_MS);
            long cpu = cpuNs();
            long start = System.nanoTime();
            Thread.sleep(SECOND_MS);
            long elapsed = System.nanoTime() - start;
            return Timing.of((cpuNs() - cpu) / (double) elapsed, elapsed);
        }
    }

    /** Time on a core of all threads, the virtual machine's own too. The bean counts in ticks of 10 ms, as coarse as the bar; the scheduler in nanoseconds. */
    private static long cpuNs() throws IOException {
        if (!Files.isReadable(Path.of("/proc/self/schedstat"))) {
            return SYSTEM.getProcessCpuTime();
        }
        long sum = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                sum += onCoreNs(thread.resolve("schedstat"));
            }
        }
        return sum;
    }

    private static long onCoreNs(Path schedstat) throws IOException {
        try {
            return Long.parseLong(Files.readString(schedstat).split(" ")[0]);
        } catch (NoSuchFileException e) {
            // The thread has ended since the folder was listed.
            return 0;
        }
    }
}
