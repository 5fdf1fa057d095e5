package org.talaria.bench.family;

import java.util.List;
import java.util.function.IntFunction;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.ours.TellPipe;
import org.talaria.bench.ours.TellPipe.Way;
import org.talaria.bench.peer.AgronaPipe;
import org.talaria.bench.peer.DisruptorPipe;
import org.talaria.bench.peer.JctoolsPipe;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.peer.PekkoPipe;
import org.talaria.bench.pipe.OneWay;

/** One producer, one Java actor: against every other way to pass messages within a JVM. */
final class TellFamily {
    static final String NAME = "tell";
    private static final String AGRONA = "Agrona ManyToOneRingBuffer";

    private TellFamily() {}

    static List<Benchmark> all() {
        return List.of(
                ours("tell-vs-agrona", Way.CLAIM)
                        .against(AGRONA, TellFamily::agrona)
                        .mustBe(payload -> Bar.atLeast(payload >= 64 ? 1.0 : 0.8)),
                ours("batch-vs-agrona", Way.BATCH)
                        .against(AGRONA, TellFamily::agrona)
                        .mustBe(Bar.atLeast(3)),
                ours("record-vs-agrona", Way.RECORD)
                        .against(AGRONA, TellFamily::agrona)
                        .mustBe(payload -> Bar.atLeast(payload >= 64 ? 0.8 : 0.65)),
                ours("tell-vs-disruptor", Way.CLAIM)
                        .against("Disruptor", disruptor())
                        .mustBe(Bar.atLeast(2)),
                ours("tell-vs-pekko", Way.CLAIM).against("Pekko typed", pekko()).mustBe(Bar.atLeast(10)),
                ours("tell-vs-jctools", Way.CLAIM)
                        .against("JCTools MpscArrayQueue", jctools())
                        .mustBe(Bar.atLeast(2)));
    }

    private static Benchmark ours(String name, Way way) {
        return Benchmark.of(name, NAME, payload -> new OneWay(check -> new TellPipe(check, payload, way)));
    }

    /** The raw ring, one claim a message. */
    static Trial agrona(int payload) {
        return new OneWay(check -> new AgronaPipe(check, payload, PeerSettings.of("agrona", payload)));
    }

    private static IntFunction<Trial> disruptor() {
        return payload -> new OneWay(check -> new DisruptorPipe(check, payload, PeerSettings.of("disruptor", payload)));
    }

    private static IntFunction<Trial> pekko() {
        return payload -> new OneWay(check -> new PekkoPipe(check, payload, PeerSettings.of("pekko", payload)));
    }

    private static IntFunction<Trial> jctools() {
        return payload -> new OneWay(check -> new JctoolsPipe(check, payload, PeerSettings.of("jctools", payload)));
    }
}
