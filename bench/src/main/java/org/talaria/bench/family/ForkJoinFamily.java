package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.TalariaForks;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.peer.PekkoForks;
import org.talaria.bench.pipe.ForkRace;

/** 10,000 short tasks spread over 64 actors of two workers, and joined; Pekko's by replies to an actor that counts, or by a latch, its cheapest way, which the bar is for. */
final class ForkJoinFamily {
    private static final String NAME = "fork-join";

    private ForkJoinFamily() {}

    static List<Benchmark> all() {
        return List.of(
                ours(NAME)
                        .against("Pekko typed, a latch", payload -> pekko(false))
                        .mustBe(Bar.atLeast(8)),
                ours("fork-join-replies").against("Pekko typed, replies", payload -> pekko(true)));
    }

    private static Benchmark ours(String name) {
        return Benchmark.figure(name, NAME, "M/s", new ForkRace(TalariaForks::new))
                .smoke(20_000);
    }

    private static ForkRace pekko(boolean replies) {
        return new ForkRace(places -> new PekkoForks(places, replies, PeerSettings.of("pekko-work", 0)));
    }
}
