package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.CriticalTrial;
import org.talaria.bench.ours.LanesTrial;

/** What lanes cost, and what they are for. */
final class LanesFamily {
    private static final int LANES = 4;
    private static final long PROBES = 20_000;
    private static final long SMOKE_PROBES = 200;
    /** Worker, load and probe run at the same time; with fewer cores they wait for each other, and the figure says nothing about lanes. */
    private static final int CORES = 4;

    private LanesFamily() {}

    static List<Benchmark> all() {
        return List.of(
                Benchmark.figure("lanes", "lanes", "M/s", new LanesTrial(LANES))
                        .against("1 lane", payload -> new LanesTrial(1))
                        .mustBe(Bar.atLeast(0.8)),
                Benchmark.figure("critical-latency", "lanes", "ns", new CriticalTrial(true))
                        .always(PROBES, SMOKE_PROBES)
                        .against("without load, and a batch", payload -> new CriticalTrial(false))
                        .mustBe(Runtime.getRuntime().availableProcessors() >= CORES ? Bar.atMost(2) : Bar.reported())
                        .also(new Benchmark.Extra(CriticalTrial.BATCH, "low-batch", "ns", Bar.reported())));
    }
}
