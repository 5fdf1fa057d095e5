package org.talaria.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.harness.Environment;
import org.talaria.bench.harness.Json;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.ours.Ours;
import org.talaria.bench.ours.TalariaWork;
import org.talaria.bench.pipe.WorkRace;
import org.talaria.bench.scaling.Scaling;
import org.talaria.bench.scaling.ScalingPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Efficiency by number of workers, on the load of {@code two-workers}. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description =
                "Measures 1, 2, 4, 8 and 16 workers, as far as the machine has cores, on the load of two-workers: prints and plots the efficiency. "
                        + "Of more workers than cores nothing is measured, and nothing claimed. Wants a quiet machine.")
public final class ScalingCommand implements Callable<Integer> {
    private static final long FORK_SECONDS = 1_800;
    private static final long HOPS_A_WORKER = 2_000_000;
    private static final int ROUNDS = 11;
    private static final int QUICK_ROUNDS = 5;

    @Option(names = "--quick", description = "5 rounds instead of 11.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes rates and efficiencies to FILE.")
    private @Nullable Path json;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Writes scaling.svg.")
    private @Nullable Path plots;

    /** Set in a fork: measures in this process, and writes its lines. */
    @Option(names = "--out", hidden = true)
    private @Nullable Path out;

    /** For picocli. */
    public ScalingCommand() {}

    @Override
    public Integer call() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Scaling scaling = new Scaling(cores);
        Path lines = out;
        if (lines != null) {
            Files.write(lines, measure(scaling.measurable(), quick ? QUICK_ROUNDS : ROUNDS));
            return 0;
        }
        if (!Ours.hasHandlers()) {
            System.err.println("scaling needs the native engine, the Java engine has one worker: " + Ours.engine());
            return 1;
        }
        Environment environment = Environment.here();
        System.err.println(environment.machine() + "; " + environment.jdk() + "; commit " + environment.commit()
                + "; load " + environment.load());
        String[] arguments = quick ? new String[] {"scaling", "--quick"} : new String[] {"scaling"};
        for (String line : Fork.lines(FORK_SECONDS, arguments)) {
            String[] fields = line.split("\t");
            scaling.add(Integer.parseInt(fields[0]), Double.parseDouble(fields[1]));
        }
        System.out.print(scaling.text());
        write(environment, scaling);
        return 0;
    }

    /** Rounds of all numbers of workers, after one that warms. */
    private static List<String> measure(List<Integer> numbers, int rounds) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            for (int workers : numbers) {
                Trial trial = WorkRace.rate(check -> TalariaWork.spread(check, workers));
                double rate = trial.run(HOPS_A_WORKER * workers).value();
                if (round > 0) {
                    lines.add(workers + "\t" + rate);
                }
                Progress.show("scaling: round " + round + "/" + rounds + ", " + workers + " workers");
            }
        }
        Progress.end();
        return lines;
    }

    private void write(Environment environment, Scaling scaling) throws IOException {
        if (json != null) {
            Map<String, Object> all = new LinkedHashMap<>(environment.json());
            all.put("engine", Ours.engine());
            all.put("rows", scaling.json());
            Files.writeString(json, Json.text(all));
        }
        if (plots != null) {
            Files.createDirectories(plots);
            String title = "scaling: " + environment.machine() + ", commit " + environment.commit();
            Files.writeString(plots.resolve("scaling.svg"), ScalingPlot.svg(title, scaling));
        }
    }
}
