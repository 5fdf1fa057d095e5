package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.TalariaWork;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.peer.PekkoWork;
import org.talaria.bench.pipe.WorkRace;

/** Two workers and what they have to do, without a producer: tokens circulate by themselves, 200 ns of work a message. */
final class WorkersFamily {
    private static final String NAME = "workers";
    private static final int WORKERS = 2;
    /** Every run has a fresh engine, whose rings are touched for the first time in the first lap: long enough that this is little. */
    private static final long HOPS = 4_000_000;

    private static final long SMOKE_HOPS = 64_000;

    private WorkersFamily() {}

    static List<Benchmark> all() {
        return List.of(
                withFigures(Benchmark.figure("two-workers", NAME, "M/s", spread(WORKERS))
                        .always(HOPS, SMOKE_HOPS)
                        .against("1 worker", payload -> spread(1))
                        .mustBe(Bar.atLeast(1.7))
                        .nativelyOnly()),
                withFigures(Benchmark.figure("skew", NAME, "M/s", skewed(true))
                        .always(HOPS, SMOKE_HOPS)
                        .against("stealing off", payload -> skewed(false))
                        .mustBe(Bar.atLeast(1.3))
                        .nativelyOnly()),
                Benchmark.figure(
                                "skew-vs-pekko",
                                NAME,
                                "ns",
                                WorkRace.overhead(check -> TalariaWork.skewed(check, true), WORKERS))
                        .always(HOPS, SMOKE_HOPS)
                        .against("Pekko typed", payload -> pekko())
                        .mustBe(Bar.atMost(0.25))
                        .also(new Benchmark.Extra(WorkRace.BARE, "skew-bare-work", "ns", Bar.reported()))
                        .nativelyOnly(),
                withFigures(Benchmark.figure(
                                "moving", NAME, "M/s", WorkRace.rate(check -> TalariaWork.moving(check, WORKERS)))
                        .always(HOPS, SMOKE_HOPS)
                        .against("nobody moves", payload -> spread(WORKERS))
                        .mustBe(Bar.atLeast(0.95))
                        .also(new Benchmark.Extra(TalariaWork.MOVES, "moving-moves", "/s", Bar.reported()))
                        .nativelyOnly()));
    }

    private static WorkRace spread(int workers) {
        return WorkRace.rate(check -> TalariaWork.spread(check, workers));
    }

    private static WorkRace skewed(boolean stealing) {
        return WorkRace.rate(check -> TalariaWork.skewed(check, stealing));
    }

    private static WorkRace pekko() {
        return WorkRace.overhead(check -> new PekkoWork(check, PeerSettings.of("pekko-work", 0)), WORKERS);
    }

    /** With what each worker did: turns and steals a thousand messages. */
    private static Benchmark withFigures(Benchmark benchmark) {
        Benchmark all = benchmark;
        for (String what : List.of("turns", "steals")) {
            for (int worker = 0; worker < WORKERS; worker++) {
                String key = TalariaWork.key(what, worker);
                all = all.also(new Benchmark.Extra(key, benchmark.name() + '-' + key, "/1000", Bar.reported()));
            }
        }
        return all;
    }
}
