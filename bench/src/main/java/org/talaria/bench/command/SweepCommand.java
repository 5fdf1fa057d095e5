package org.talaria.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.talaria.bench.harness.Environment;
import org.talaria.bench.harness.Json;
import org.talaria.bench.ours.Ours;
import org.talaria.bench.peer.PeerSettings;
import org.talaria.bench.sweep.Cell;
import org.talaria.bench.sweep.Groups;
import org.talaria.bench.sweep.SweepPlot;
import org.talaria.bench.sweep.Sweeper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries settings: ours, for the defaults; the peers', for their best. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description =
                "Tries ring capacities, record sizes, patience, batches and claim codes, and each peer's settings. Takes half an hour.")
public final class SweepCommand implements Callable<Integer> {
    private static final long FORK_SECONDS = 3_600;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all cells with all samples to FILE.")
    private Path json;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Writes each peer's best setting to FILE (properties).")
    private Path settings;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Writes sweep.svg.")
    private Path plots;

    @Option(names = "--rounds", defaultValue = "7", description = "Samples of each setting; default 7.")
    private int rounds = 7;

    @Option(names = "--millis", defaultValue = "60", description = "Length of a sample; default 60.")
    private int millis = 60;

    @Option(names = "--only", split = ",", paramLabel = "GROUP", description = "Only these groups.")
    private List<String> only = new ArrayList<>();

    /** Set in a fork: sweep one group in this process, and write its lines. */
    @Option(names = "--out", hidden = true)
    private Path out;

    /** For picocli. */
    public SweepCommand() {}

    @Override
    public Integer call() throws Exception {
        List<String> groups = only.isEmpty() ? Groups.NAMES : only;
        if (out != null) {
            String group = groups.get(0);
            Sweeper sweeper = new Sweeper(rounds, millis, text -> Progress.show(group + ": " + text));
            Files.write(out, sweeper.run(Groups.of(group)));
            Progress.end();
            return 0;
        }
        Environment environment = Environment.here();
        List<Cell> cells = new ArrayList<>();
        for (String group : groups) {
            List<String> lines = Fork.lines(
                    FORK_SECONDS, "sweep", "--only", group, "--rounds", "" + rounds, "--millis", "" + millis);
            cells.addAll(Sweeper.cells(Groups.of(group), lines));
        }
        write(environment, cells, best(cells));
        return 0;
    }

    private static Map<String, Cell> best(List<Cell> cells) {
        Map<String, Cell> best = new TreeMap<>();
        for (Cell cell : cells) {
            best.merge(PeerSettings.key(cell.group(), cell.payload()), cell, (a, b) -> a.score() >= b.score() ? a : b);
        }
        return best;
    }

    private void write(Environment environment, List<Cell> cells, Map<String, Cell> best) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        best.forEach((key, cell) -> texts.put(key, cell.setting().text()));
        texts.forEach((key, text) -> System.out.println(key + ": " + text));
        if (json != null) {
            Map<String, Object> all = new LinkedHashMap<>(environment.json());
            all.put("engine", Ours.engine());
            all.put("ring_bytes", Ours.RING_BYTES);
            all.put("rounds", rounds);
            all.put("sample_millis", millis);
            all.put("best", texts);
            all.put("cells", cells.stream().map(Cell::json).toList());
            Files.writeString(json, Json.text(all));
        }
        if (settings != null) {
            List<String> lines = new ArrayList<>();
            lines.add(
                    "# Each peer's best setting, by payload, within the ring memory that ours has. Written by `talaria bench sweep --settings FILE`");
            lines.add("# (" + environment.machine() + ", commit " + environment.commit() + "); not by hand.");
            texts.forEach((key, text) -> lines.add(key + "=" + text));
            Files.write(settings, lines);
        }
        if (plots != null) {
            Files.createDirectories(plots);
            Files.writeString(plots.resolve("sweep.svg"), SweepPlot.svg(environment.machine(), cells));
        }
    }
}
