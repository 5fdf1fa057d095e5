package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.TimersTrial;

/** Timers: how many a second are scheduled and cancelled, and how late they are. */
final class TimersFamily {
    private static final long PAIRS = 2_000_000;
    private static final long SMOKE_PAIRS = 20_000;

    private TimersFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.figure("timers", "timers", "M/s", new TimersTrial())
                .always(PAIRS, SMOKE_PAIRS)
                .anywhere()
                .mustBe(Bar.atLeast(2))
                .also(new Benchmark.Extra(TimersTrial.ERROR, "timers-error-p99", "ms", Bar.atMost(1))));
    }
}
