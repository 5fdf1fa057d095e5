package org.talaria.bench.family;

import java.util.List;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.CallbackTrial;
import org.talaria.bench.ours.HandlerTrial;
import org.talaria.bench.peer.JavaCppTrial;

/** Between Java and C++: against a ring that does not cross, and against plain JavaCPP calls. Native engine only. */
final class NativeFamily {
    private static final String NAME = "native";

    private NativeFamily() {}

    static List<Benchmark> all() {
        return List.of(
                Benchmark.of("handler-vs-agrona", NAME, payload -> new HandlerTrial(payload, false))
                        .against("Agrona ManyToOneRingBuffer", TellFamily::agrona)
                        .mustBe(payload -> Bar.atLeast(payload >= 64 ? 1.2 : 0.8))
                        .nativelyOnly(),
                Benchmark.of("callback", NAME, CallbackTrial::new)
                        .against("JavaCPP callback", payload -> new JavaCppTrial(payload, true))
                        .mustBe(Bar.atLeast(3))
                        .nativelyOnly(),
                Benchmark.of("jni-call", NAME, payload -> new HandlerTrial(payload, true))
                        .in("ns")
                        .against("JavaCPP call", payload -> new JavaCppTrial(payload, false))
                        .nativelyOnly());
    }
}
