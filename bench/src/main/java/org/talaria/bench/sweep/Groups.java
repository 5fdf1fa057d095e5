package org.talaria.bench.sweep;

import java.util.List;

/** All that is swept. */
public final class Groups {
    /** Names, in the order they are swept. */
    public static final List<String> NAMES = List.of(
            "ring",
            "engine",
            "agrona",
            "agrona-call",
            "disruptor",
            "jctools",
            "pekko",
            "pekko-ask",
            "pekko-relay",
            "pekko-work",
            "chronicle");

    private Groups() {}

    /** The candidates of a group. */
    public static List<Candidate> of(String group) {
        return switch (group) {
            case "ring" -> RingSweep.candidates();
            case "engine" -> EngineSweep.candidates();
            case "agrona" -> PeerSweeps.agrona();
            case "agrona-call" -> PeerSweeps.agronaCall();
            case "disruptor" -> PeerSweeps.disruptor();
            case "jctools" -> PeerSweeps.jctools();
            case "pekko" -> PeerSweeps.pekko();
            case "pekko-ask" -> PeerSweeps.pekkoAsk();
            case "pekko-relay" -> PeerSweeps.pekkoRelay();
            case "pekko-work" -> PeerSweeps.pekkoWork();
            case "chronicle" -> PeerSweeps.chronicle();
            default -> throw new IllegalArgumentException("no group '" + group + "': there are " + NAMES);
        };
    }
}
