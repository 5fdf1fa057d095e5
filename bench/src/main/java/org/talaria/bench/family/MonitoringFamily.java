package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.TellPipe;
import org.talaria.bench.ours.WatchedPipe;
import org.talaria.bench.pipe.OneWay;

/** Who is watched is not slower: ours of {@code tell-vs-agrona} with somebody at {@code talaria top}, against nobody. */
final class MonitoringFamily {
    private static final int ALTERNATIONS = 15;

    private MonitoringFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.of(
                        "monitoring", "monitoring", payload -> new OneWay(check -> new WatchedPipe(check, payload)))
                .against(
                        "nobody watches",
                        payload -> new OneWay(check -> new TellPipe(check, payload, TellPipe.Way.CLAIM)))
                .alternations(ALTERNATIONS)
                .mustBe(Bar.atLeast(0.99)));
    }
}
