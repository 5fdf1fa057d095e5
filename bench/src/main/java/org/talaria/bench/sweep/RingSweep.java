package org.talaria.bench.sweep;

import java.util.ArrayList;
import java.util.List;
import org.talaria.bench.peer.Setting;
import org.talaria.bench.pipe.OneWay;

/** The bare ring between two Java threads, without an engine: what the claim code costs, and the fence behind a commit (P3–P5). */
final class RingSweep {
    private static final int[] CAPACITIES = {64 << 10, 256 << 10, 1 << 20, 4 << 20, 8 << 20};
    /** Pauses of the drainer that has caught up; one is some 10 to 50 ns. */
    private static final int[] PATIENCE = {1, 8, 50};

    private RingSweep() {}

    static List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : new int[] {16, 64}) {
            for (int capacity : CAPACITIES) {
                for (int patience : PATIENCE) {
                    all.add(candidate(payload, capacity, patience, "agrona", 1));
                    all.add(candidate(payload, capacity, patience, "own", 1));
                    for (int batch : new int[] {1, 4, 16, 64}) {
                        all.add(candidate(payload, capacity, patience, "own-fence", batch));
                    }
                }
            }
        }
        return all;
    }

    private static Candidate candidate(int payload, int capacity, int patience, String code, int batch) {
        Setting setting = Setting.of("capacity", capacity, "patience", patience, "claim", code, "batch", batch);
        return Candidate.rate("ring", payload, setting, new OneWay(check -> new RingPipe(check, payload, setting)));
    }
}
