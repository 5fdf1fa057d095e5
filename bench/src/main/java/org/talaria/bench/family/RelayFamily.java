package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.TalariaRelay;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.peer.PekkoRelay;
import org.talaria.bench.pipe.RelayRace;

/** Actors that pass on what they get. */
final class RelayFamily {
    /** Every run has a fresh engine, whose rings are touched for the first time in the first lap: long enough that this is little. */
    private static final long HOPS = 10_000_000;

    private static final long SMOKE_HOPS = 64_000;

    private RelayFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.figure("relay-race", "relay", "M/s", new RelayRace(TalariaRelay::new))
                .always(HOPS, SMOKE_HOPS)
                .against(
                        "Pekko typed",
                        payload -> new RelayRace(check -> new PekkoRelay(check, PeerSettings.of("pekko-relay", 0))))
                .mustBe(Bar.atLeast(10)));
    }
}
