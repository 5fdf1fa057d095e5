package org.talaria.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.talaria.bench.family.Catalogue;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Environment;
import org.talaria.bench.harness.Judge;
import org.talaria.bench.harness.Plan;
import org.talaria.bench.harness.Row;
import org.talaria.bench.harness.Sample;
import org.talaria.bench.harness.Table;
import org.talaria.bench.ours.Ours;
import picocli.CommandLine.Option;

/** A table of bars: measures its rows, each in a fork, judges them, prints and writes them. */
public abstract class TableCommand implements Callable<Integer> {
    private static final long FORK_SECONDS = 900;

    @Option(names = "--quick", description = "Shorter runs, 5 to 7 alternations, or as many as a row needs.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the rows to FILE, and all samples to a second file beside it (-samples).")
    private Path json;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Writes one SVG a family.")
    private Path plots;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these benchmarks.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--strict", description = "Exit code 1 if a bar was missed.")
    private boolean strict;

    private final List<Benchmark> table;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean failed;

    /** Of these rows. */
    TableCommand(List<Benchmark> table) {
        this.table = table;
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = quick ? Plan.QUICK : Plan.FULL;
        Environment environment = Environment.here();
        String engine = Ours.engine();
        System.err.println(environment.machine() + "; " + environment.jdk() + "; commit " + environment.commit()
                + "; engine " + engine + "; load " + environment.load());
        List<Benchmark> chosen = chosen();
        Judge judge = new Judge(plan.enough());
        List<Row> rows = measure(chosen, plan, judge);
        notes.addAll(judge.notes());
        System.out.print(Table.text(rows));
        notes.forEach(note -> System.out.println("note: " + note));
        Results results = new Results(environment, engine, plan, rows, samples, notes);
        if (json != null) {
            results.writeJson(json);
        }
        if (plots != null) {
            results.writePlots(plots, chosen);
        }
        return failed || (strict && rows.stream().anyMatch(Row::missed)) ? 1 : 0;
    }

    private List<Benchmark> chosen() {
        return only.isEmpty()
                ? table
                : only.stream().map(name -> Catalogue.of(name, table)).toList();
    }

    private List<Row> measure(List<Benchmark> chosen, Plan plan, Judge judge) throws InterruptedException {
        List<Row> missing = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Benchmark benchmark = chosen.get(i);
            try {
                List<Sample> own = fork(benchmark, plan, "[" + (i + 1) + "/" + chosen.size() + "]");
                samples.addAll(own);
                benchmark.payloads().forEach(payload -> judge.judge(benchmark, payload, own));
            } catch (IOException e) {
                failed = true;
                notes.add(benchmark.name() + " was not measured: " + e.getMessage());
                benchmark.payloads().forEach(payload -> missing.add(Row.failed(benchmark, payload)));
            }
        }
        List<Row> rows = new ArrayList<>(judge.rows());
        rows.addAll(missing);
        return rows;
    }

    private static List<Sample> fork(Benchmark benchmark, Plan plan, String label)
            throws IOException, InterruptedException {
        if (!benchmark.fresh()) {
            return fork(benchmark.name(), plan, label);
        }
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < plan.enough(); i++) {
            int alternation = i;
            fork(benchmark.name(), Plan.ONCE, label + " " + (i + 1) + "/" + plan.enough()).stream()
                    .map(sample -> sample.in(alternation))
                    .forEach(all::add);
        }
        return all;
    }

    private static List<Sample> fork(String name, Plan plan, String label) throws IOException, InterruptedException {
        return Fork.lines(FORK_SECONDS, "one", name, "--plan", plan.name(), "--label", label).stream()
                .map(Sample::parse)
                .toList();
    }
}
