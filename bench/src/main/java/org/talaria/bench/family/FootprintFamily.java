package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.AllocationTrial;
import org.talaria.bench.ours.IdleActorsTrial;
import org.talaria.bench.ours.IdleTrial;

/** What it takes to be there: garbage, idle cores, memory of actors. No peers; the figures stand alone. */
final class FootprintFamily {
    private static final String NAME = "footprint";
    private static final long MILLION = 1_000_000;

    private FootprintFamily() {}

    static List<Benchmark> all() {
        return List.of(
                Benchmark.figure("allocation", NAME, "B/msg", new AllocationTrial(false))
                        .payloads(16)
                        .always(10 * MILLION, 10_000)
                        .anywhere()
                        .mustBe(Bar.below(0.01)),
                Benchmark.figure("allocation-journal", NAME, "B/msg", new AllocationTrial(true))
                        .payloads(16)
                        .always(10 * MILLION, 10_000)
                        .anywhere()
                        .mustBe(Bar.below(0.01)),
                Benchmark.figure("idle", NAME, "core", new IdleTrial())
                        .always(MILLION, 10_000)
                        .anywhere()
                        .mustBe(Bar.below(0.01)),
                actors("actors-idle", false, Bar.below(300), Bar.above(500)),
                actors("actors-idle-class", true, Bar.reported(), Bar.reported()));
    }

    private static Benchmark actors(String name, boolean classes, Bar bytes, Bar rate) {
        return Benchmark.figure(name, NAME, "B/actor", new IdleActorsTrial(classes))
                .always(MILLION, 1_000)
                .anywhere()
                .freshly()
                .mustBe(bytes)
                .also(new Benchmark.Extra(IdleActorsTrial.RATE, name + "-rate", "K/s", rate));
    }
}
