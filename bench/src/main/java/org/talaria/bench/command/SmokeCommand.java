package org.talaria.bench.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.talaria.bench.family.Catalogue;
import org.talaria.bench.harness.Alternation;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Plan;
import org.talaria.bench.ours.DemoTrial;
import org.talaria.bench.ours.Ours;
import picocli.CommandLine.Command;

/** Whether every benchmark still runs and verifies what it carries; no timing is asserted. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description =
                "Tries in seconds whether every benchmark still runs. Asserts no timing. Needs Chronicle's JVM flags: ./talaria sets them.")
public final class SmokeCommand implements Callable<Integer> {
    /** For picocli. */
    public SmokeCommand() {}

    @Override
    public Integer call() {
        int failed = 0;
        boolean handlers = Ours.hasHandlers();
        for (Benchmark benchmark : Catalogue.all()) {
            if (benchmark.nativeOnly() && !handlers) {
                System.err.println(benchmark.name() + ": left out, it needs the native engine: " + Ours.engine());
            } else if (benchmark.preparation() != null) {
                System.err.println(benchmark.name() + ": left out, it builds another state first: run it by itself");
            } else if (benchmark.name().equals("demo") && System.getProperty(DemoTrial.LAUNCHER) == null) {
                System.err.println("demo: left out, -D" + DemoTrial.LAUNCHER + " names no launcher");
            } else if (!runs(benchmark)) {
                failed++;
            }
        }
        System.err.println(failed == 0 ? "every benchmark runs" : failed + " benchmarks do not run");
        return failed == 0 ? 0 : 1;
    }

    private static boolean runs(Benchmark benchmark) {
        // No figure is asked for, so no ping either.
        Alternation alternation = new Alternation(Plan.SMOKE, () -> 0, (b, payload, seen) -> {});
        long start = System.nanoTime();
        try {
            for (int payload : benchmark.payloads()) {
                if (alternation.run(benchmark, payload).isEmpty()) {
                    throw new IllegalStateException("it gave no sample");
                }
            }
            System.err.printf(Locale.ROOT, "%s: runs (%.1f s)%n", benchmark.name(), (System.nanoTime() - start) / 1e9);
            return true;
        } catch (Exception | LinkageError e) {
            System.err.println(benchmark.name() + ": does not run: " + e);
            e.printStackTrace();
            return false;
        }
    }
}
