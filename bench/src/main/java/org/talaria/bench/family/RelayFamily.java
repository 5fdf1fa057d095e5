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
    private RelayFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.figure("relay-race", "relay", "M/s", new RelayRace(TalariaRelay::new))
                .against(
                        "Pekko typed",
                        payload -> new RelayRace(check -> new PekkoRelay(check, PeerSettings.of("pekko-relay", 0))))
                .mustBe(Bar.atLeast(10)));
    }
}
