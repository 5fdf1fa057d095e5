package org.talaria.bench.pipe;

import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

/** Millions of messages a second through a pipe, from the first send to the arrival of the last. */
public final class OneWay implements Trial {
    /** Part of the messages that is sent before the clock runs: touches the memory, starts the threads. */
    private static final long PRELUDE = 8;

    private final Pipe.Maker maker;

    /** Measures the pipes of a maker, a fresh one each run. */
    public OneWay(Pipe.Maker maker) {
        this.maker = maker;
    }

    @Override
    public Timing run(long operations) throws Exception {
        Check check = new Check();
        try (Pipe pipe = maker.open(check)) {
            long prelude = Math.max(1, operations / PRELUDE);
            check.expect(prelude);
            pipe.send(0, prelude);
            check.await();
            check.expect(operations);
            long start = System.nanoTime();
            pipe.send(prelude, operations);
            return Timing.millionsPerSecond(operations, check.await() - start);
        }
    }
}
