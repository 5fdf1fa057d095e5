package org.talaria.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Environment;
import org.talaria.bench.harness.Json;
import org.talaria.bench.harness.Plan;
import org.talaria.bench.harness.Plot;
import org.talaria.bench.harness.Row;
import org.talaria.bench.harness.Sample;
import org.talaria.bench.ours.Ours;

/**
 * What a run leaves behind.
 *
 * @param environment where it was
 * @param engine which engine ran
 * @param plan how thoroughly
 * @param rows judged
 * @param samples all of them
 * @param notes what was not seen
 */
record Results(
        Environment environment, String engine, Plan plan, List<Row> rows, List<Sample> samples, List<String> notes) {

    /** Writes the rows to a file, and the samples to one beside it. */
    void writeJson(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.writeString(file, Json.text(rows.stream().map(this::json).toList()));
        String name = file.getFileName().toString();
        String stem = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        Files.writeString(folder.resolve(stem + "-samples.json"), Json.text(all()));
    }

    private Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("payload", row.payload() == 0 ? null : row.payload());
        json.put("regime", row.regime().text());
        json.put("value", row.value());
        json.put("unit", row.unit());
        json.put("peer", row.peer().isEmpty() ? null : row.peer());
        json.put("peer_value", row.peerValue());
        json.put("ratio", row.ratio());
        json.put("bar", row.bar().text());
        json.put("holds", row.holds());
        json.put("alternations", row.alternations());
        json.put("machine", environment.machine());
        json.put("jdk", environment.jdk());
        json.put("commit", environment.commit());
        return json;
    }

    private Map<String, Object> all() {
        Map<String, Object> json = new LinkedHashMap<>(environment.json());
        json.put("engine", engine);
        json.put("plan", plan.name());
        json.put("ring_bytes", Ours.RING_BYTES);
        json.put("notes", notes);
        json.put("samples", samples.stream().map(Results::json).toList());
        return json;
    }

    private static Map<String, Object> json(Sample sample) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", sample.benchmark());
        json.put("payload", sample.payload());
        json.put("alternation", sample.alternation());
        json.put("side", sample.side().name().toLowerCase(java.util.Locale.ROOT));
        json.put("regime", sample.regime().text());
        json.put("value", sample.value());
        json.put("operations", sample.operations());
        json.put("ping_before_ns", sample.pingBeforeNs());
        json.put("ping_after_ns", sample.pingAfterNs());
        return json;
    }

    /** Writes a plot of each family to a folder. */
    void writePlots(Path folder, List<Benchmark> benchmarks) throws IOException {
        Files.createDirectories(folder);
        Set<String> families =
                new LinkedHashSet<>(benchmarks.stream().map(Benchmark::family).toList());
        for (String family : families) {
            List<Row> own = rowsOf(family, benchmarks);
            String title = family + ": " + environment.machine() + ", commit " + environment.commit();
            Files.writeString(folder.resolve(family + ".svg"), Plot.svg(title, own, samples));
        }
    }

    private List<Row> rowsOf(String family, List<Benchmark> benchmarks) {
        Set<String> names = new LinkedHashSet<>();
        for (Benchmark benchmark : benchmarks) {
            if (benchmark.family().equals(family)) {
                names.add(benchmark.name());
                benchmark.extras().forEach(extra -> names.add(extra.name()));
            }
        }
        List<Row> own = new ArrayList<>(rows);
        own.removeIf(row -> !names.contains(row.name()));
        return own;
    }
}
