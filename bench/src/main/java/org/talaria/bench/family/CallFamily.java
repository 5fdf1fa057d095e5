package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.ours.TalariaCaller;
import org.talaria.bench.peer.AgronaCaller;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.peer.PekkoCaller;
import org.talaria.bench.peer.PingCaller;
import org.talaria.bench.pipe.Latencies;

/** Request and reply: the median, everybody spinning. */
final class CallFamily {
    private static final String NAME = "call";

    private CallFamily() {}

    static List<Benchmark> all() {
        return List.of(
                ours("call-vs-rings", false)
                        .against("two Agrona rings", p -> rings())
                        .mustBe(Bar.atMost(1.5)),
                ours("call-vs-ping", false).against("cache-line ping-pong", p -> new Latencies(PingCaller::new)),
                ours("call-vs-pekko", true).against("Pekko ask", p -> pekko()).mustBe(Bar.atMost(0.2)));
    }

    private static Benchmark ours(String name, boolean records) {
        Trial call = new Latencies(() -> new TalariaCaller(records));
        return Benchmark.of(name, NAME, payload -> call).in("ns").payloads(16).smoke(100);
    }

    private static Trial rings() {
        return new Latencies(() -> new AgronaCaller(PeerSettings.of("agrona-call", 0)));
    }

    private static Trial pekko() {
        return new Latencies(() -> new PekkoCaller(PeerSettings.of("pekko-ask", 0)));
    }
}
