package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.JournalTrial;
import org.talaria.bench.peer.ChronicleBlocks;
import org.talaria.bench.peer.PeerSettings;

/** What journaling costs over the library that writes the files. */
final class JournalFamily {
    private JournalFamily() {}

    static List<Benchmark> all() {
        return List.of(Benchmark.of("journal-vs-chronicle", "journal", JournalTrial::new)
                .in("MB/s")
                .against(
                        "Chronicle Queue",
                        payload -> new ChronicleBlocks(
                                JournalTrial.recordBytes(payload), PeerSettings.of("chronicle", payload)))
                .mustBe(Bar.atLeast(0.9)));
    }
}
