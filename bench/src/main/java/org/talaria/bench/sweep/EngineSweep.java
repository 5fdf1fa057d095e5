package org.talaria.bench.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.TalariaConfig;
import org.talaria.bench.ours.Ours;
import org.talaria.bench.ours.TellPipe;
import org.talaria.bench.ours.TellPipe.Way;
import org.talaria.bench.peer.Setting;
import org.talaria.bench.pipe.OneWay;

/** Our engine through its public API: ring capacity × record size × patience × batch × way to tell. The defaults are chosen from it. */
final class EngineSweep {
    private static final int[] CAPACITIES = {64 << 10, 256 << 10, 1 << 20, 8 << 20};
    private static final int[] PATIENCE_NS = {0, 500, 2_000, 4_000, 8_000};
    private static final int SHARDS = 4;

    private EngineSweep() {}

    static List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : new int[] {16, 64}) {
            for (int capacity : CAPACITIES) {
                for (int patience : PATIENCE_NS) {
                    all.add(candidate(payload, capacity, patience, Way.CLAIM, 1));
                    all.add(candidate(payload, capacity, patience, Way.RECORD, 1));
                    for (int batch : new int[] {4, 16, 64}) {
                        all.add(candidate(payload, capacity, patience, Way.BATCH, batch));
                    }
                }
            }
        }
        return all;
    }

    private static Candidate candidate(int payload, int capacity, int patience, Way way, int batch) {
        Setting setting = Setting.of(
                "capacity",
                capacity,
                "patience",
                patience,
                "claim",
                way.name().toLowerCase(java.util.Locale.ROOT),
                "batch",
                batch);
        return Candidate.rate(
                "engine",
                payload,
                setting,
                new OneWay(check -> new TellPipe(check, payload, way, batch, config(capacity, patience))));
    }

    private static TalariaConfig config(int capacity, int patience) {
        return Ours.config().ringCapacityBytes(capacity).shards(SHARDS).patience(Duration.ofNanos(patience));
    }
}
