package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.DemoTrial;

/** The main job as a user starts it. */
final class DemoFamily {
    private DemoFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.figure("demo", "demo", "s", new DemoTrial())
                .always(1, 1)
                .anywhere()
                .mustBe(Bar.below(5)));
    }
}
