package org.talaria.bench.sweep;

import java.util.ArrayList;
import java.util.List;
import org.talaria.bench.ours.JournalTrial;
import org.talaria.bench.ours.Ours;
import org.talaria.bench.peer.AgronaCaller;
import org.talaria.bench.peer.AgronaPipe;
import org.talaria.bench.peer.ChronicleBlocks;
import org.talaria.bench.peer.DisruptorPipe;
import org.talaria.bench.peer.JctoolsPipe;
import org.talaria.bench.peer.PekkoCaller;
import org.talaria.bench.peer.PekkoPipe;
import org.talaria.bench.peer.PekkoRelay;
import org.talaria.bench.peer.PekkoWork;
import org.talaria.bench.peer.Setting;
import org.talaria.bench.pipe.Latencies;
import org.talaria.bench.pipe.OneWay;
import org.talaria.bench.pipe.RelayRace;
import org.talaria.bench.pipe.WorkRace;

/** What each peer may choose from: within the ring memory that ours has. */
final class PeerSweeps {
    private static final int[] PAYLOADS = {16, 64};
    /** Header of an object and reference to it, as HotSpot lays them out by default. */
    private static final int OBJECT_BYTES = 16 + 4;

    private PeerSweeps() {}

    static List<Candidate> agrona() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : PAYLOADS) {
            for (int capacity = Ours.RING_BYTES; capacity >= Ours.RING_BYTES / 16; capacity /= 4) {
                for (int limit : new int[] {16, 256, Integer.MAX_VALUE}) {
                    for (int pause : new int[] {1, 8, 50}) {
                        Setting setting = Setting.of("capacity", capacity, "limit", limit, "pause", pause);
                        all.add(Candidate.rate(
                                "agrona", payload, setting, new OneWay(c -> new AgronaPipe(c, payload, setting))));
                    }
                }
            }
        }
        return all;
    }

    static List<Candidate> agronaCall() {
        List<Candidate> all = new ArrayList<>();
        for (int capacity = Ours.RING_BYTES; capacity >= Ours.RING_BYTES / 256; capacity /= 4) {
            Setting setting = Setting.of("capacity", capacity);
            all.add(new Candidate("agrona-call", 0, setting, false, new Latencies(() -> new AgronaCaller(setting))));
        }
        return all;
    }

    /** The most entries, a power of two, whose objects take no more than the ring memory. */
    static int mostEntries(int payload) {
        return Integer.highestOneBit(Ours.RING_BYTES / (OBJECT_BYTES + payload));
    }

    static List<Candidate> disruptor() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : PAYLOADS) {
            for (int entries = mostEntries(payload); entries >= mostEntries(payload) / 64; entries /= 4) {
                for (String wait : List.of("spin", "yield")) {
                    Setting setting = Setting.of("entries", entries, "wait", wait);
                    all.add(Candidate.rate(
                            "disruptor", payload, setting, new OneWay(c -> new DisruptorPipe(c, payload, setting))));
                }
            }
        }
        return all;
    }

    static List<Candidate> jctools() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : PAYLOADS) {
            for (int entries = mostEntries(payload); entries >= mostEntries(payload) / 64; entries /= 4) {
                for (String take : List.of("drain", "poll")) {
                    for (int pause : new int[] {1, 50}) {
                        Setting setting = Setting.of("entries", entries, "take", take, "pause", pause);
                        all.add(Candidate.rate(
                                "jctools", payload, setting, new OneWay(c -> new JctoolsPipe(c, payload, setting))));
                    }
                }
            }
        }
        return all;
    }

    private static List<Setting> pekkoSettings(int... threads) {
        List<Setting> all = new ArrayList<>();
        for (String mailbox : List.of("unbounded", "single")) {
            for (int throughput : new int[] {5, 50, 1_000}) {
                for (int count : threads) {
                    all.add(Setting.of("mailbox", mailbox, "throughput", throughput, "threads", count));
                }
            }
        }
        return all;
    }

    static List<Candidate> pekko() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : PAYLOADS) {
            for (Setting setting : pekkoSettings(1, 2)) {
                all.add(Candidate.rate("pekko", payload, setting, new OneWay(c -> new PekkoPipe(c, payload, setting))));
            }
        }
        return all;
    }

    static List<Candidate> pekkoAsk() {
        List<Candidate> all = new ArrayList<>();
        for (Setting setting : pekkoSettings(1, 2)) {
            all.add(new Candidate("pekko-ask", 0, setting, false, new Latencies(() -> new PekkoCaller(setting))));
        }
        return all;
    }

    static List<Candidate> pekkoRelay() {
        List<Candidate> all = new ArrayList<>();
        for (Setting setting : pekkoSettings(1, Runtime.getRuntime().availableProcessors())) {
            all.add(Candidate.rate("pekko-relay", 0, setting, new RelayRace(check -> new PekkoRelay(check, setting))));
        }
        return all;
    }

    /** On two threads, as ours has two workers. */
    static List<Candidate> pekkoWork() {
        List<Candidate> all = new ArrayList<>();
        for (Setting setting : pekkoSettings(2)) {
            all.add(Candidate.rate("pekko-work", 0, setting, WorkRace.rate(check -> new PekkoWork(check, setting))));
        }
        return all;
    }

    /** The block is the journal's own: the bar compares the same bytes in the same blocks. */
    static List<Candidate> chronicle() {
        List<Candidate> all = new ArrayList<>();
        for (int payload : PAYLOADS) {
            for (int chunk = 1 << 20; chunk <= 1 << 28; chunk <<= 2) {
                Setting setting = Setting.of("block", ChronicleBlocks.BLOCK_BYTES, "chunk", chunk);
                all.add(Candidate.rate(
                        "chronicle",
                        payload,
                        setting,
                        new ChronicleBlocks(JournalTrial.recordBytes(payload), setting)));
            }
        }
        return all;
    }
}
