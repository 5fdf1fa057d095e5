package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.WakeUpTrial;
import org.talaria.bench.peer.FutexTrial;

/** From a tell to its handler where the worker sleeps, against the system's own wake-up. */
final class WakeUpFamily {
    private static final long WAKE_UPS = 1_000;
    private static final long SMOKE_WAKE_UPS = 20;

    private WakeUpFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.figure("wake-up", "wake-up", "ns", new WakeUpTrial())
                .always(WAKE_UPS, SMOKE_WAKE_UPS)
                .against("bare futex wake-up", payload -> new FutexTrial())
                .mustBe(Bar.atMost(1.5))
                .nativelyOnly());
    }
}
