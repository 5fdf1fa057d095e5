package org.talaria.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.talaria.bench.family.Catalogue;
import org.talaria.bench.harness.Alternation;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Ping;
import org.talaria.bench.harness.Plan;
import org.talaria.bench.harness.Regime;
import org.talaria.bench.harness.Sample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One benchmark, in this process: what {@code path} forks. Samples go to a file, progress to standard error. */
@Command(name = "one", hidden = true, description = "Runs one benchmark in this process and writes its samples.")
public final class OneCommand implements Callable<Integer> {
    @Parameters(description = "Name of the benchmark.")
    private String name = "";

    @Option(names = "--plan", defaultValue = "quick", description = "quick, full or smoke.")
    private String plan = "quick";

    @Option(names = "--label", defaultValue = "", description = "Printed before the progress.")
    private String label = "";

    @Option(names = "--out", required = true, description = "File for the samples.")
    private Path out = Path.of("");

    /** For picocli. */
    public OneCommand() {}

    @Override
    public Integer call() throws Exception {
        Benchmark benchmark = Catalogue.of(name);
        Benchmark.Preparation preparation = benchmark.preparation();
        if (preparation != null) {
            preparation.prepare(text -> Progress.show(label + " " + benchmark.name() + ": " + text));
            Progress.end();
        }
        Alternation alternation = new Alternation(Plan.of(plan), Ping::roundTripNs, this::progress);
        List<String> lines = new ArrayList<>();
        for (int payload : benchmark.payloads()) {
            for (Sample sample : alternation.run(benchmark, payload)) {
                lines.add(sample.line());
            }
            Progress.end();
        }
        Files.write(out, lines);
        return 0;
    }

    private void progress(Benchmark benchmark, int payload, Map<Regime, Integer> seen) {
        StringBuilder text = new StringBuilder(label).append(' ').append(benchmark.name());
        if (payload != 0) {
            text.append(' ').append(payload).append(" B");
        }
        seen.forEach((regime, count) ->
                text.append("  ").append(regime.text()).append(' ').append(count));
        Progress.show(text.toString());
    }
}
