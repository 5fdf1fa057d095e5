package org.talaria.bench.family;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.bench.baseline.Baseline;
import org.talaria.bench.baseline.Side;
import org.talaria.bench.harness.Bar;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.ours.Ours;

/** What is not used costs nothing: ours of {@code tell-vs-agrona} as it is today, against the state in which issue 1 was done. */
final class UnusedFeaturesFamily {
    private static final int ALTERNATIONS = 15;
    private static final Duration WARMTH = Duration.ofMillis(1_500);

    /** Made once for both sides, whichever is asked first. */
    private final Side today = new Side("today's state", WARMTH, () -> System.getProperty("java.class.path"));

    private final Side then =
            new Side("issue 1's state", WARMTH, () -> baseline().classPath(progress -> {}));

    private UnusedFeaturesFamily() {}

    static List<Benchmark> all() {
        return new UnusedFeaturesFamily().rows();
    }

    private List<Benchmark> rows() {
        return List.of(Benchmark.of("unused-features", "unused", today::trial)
                .against("issue 1's state", then::trial)
                .alternations(ALTERNATIONS)
                .preparedBy(this::prepare)
                .mustBe(Bar.atLeast(0.97)));
    }

    private static Baseline baseline() {
        try (Talaria talaria = Talaria.open(Ours.config())) {
            return Baseline.ofIssue1(talaria.engine() == EngineKind.NATIVE);
        }
    }

    private void prepare(Consumer<String> progress) throws Exception {
        baseline().classPath(progress);
        if (!then.engine().split(" ")[0].equals(today.engine().split(" ")[0])) {
            throw new IOException("engines differ: today's is " + today.engine() + ", issue 1's is " + then.engine());
        }
    }
}
