package org.talaria.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.ShardFigures;
import org.talaria.WorkerFigures;
import org.talaria.internal.monitor.DumpText;

/** What {@code talaria top} shows to a person. */
final class TopText {
    private final Rates rates;
    private final List<String> lines = new ArrayList<>();

    TopText(Rates rates, TopColumn sort, int most) {
        this.rates = rates;
        head();
        workers();
        shards(sort, most);
        endpoints(sort, most);
        counters();
    }

    List<String> lines() {
        return lines;
    }

    private void head() {
        EngineSnapshot now = rates.now();
        lines.add(String.format(
                Locale.ROOT,
                "process %d, %s: %s/s handled, %s/s accepted; %d handled, %d dead, %d refused, %d in flight",
                now.pid(),
                now.state(),
                number(rates.ofEngine(EngineSnapshot::handled)),
                number(rates.ofEngine(EngineSnapshot::accepted)),
                now.handled(),
                now.dead(),
                now.refused(),
                now.accepted() - now.handled() - now.dead()));
    }

    private void workers() {
        TextTable table = new TextTable(
                "WORKER", "STATE", "SHARD", "HANDLED/S", "TURNS/S", "STEALS/S", "PARKS/S", "WAKE-UPS/S", "RUNS");
        for (WorkerFigures worker : rates.now().workers()) {
            table.row(
                    (worker.receiver() ? "receiver " : "worker ") + worker.worker(),
                    worker.state(),
                    worker.shard() < 0 ? "-" : String.valueOf(worker.shard()),
                    number(rates.of(worker, WorkerFigures::handled)),
                    number(rates.of(worker, WorkerFigures::turns)),
                    number(rates.of(worker, WorkerFigures::steals)),
                    number(rates.of(worker, WorkerFigures::parks)),
                    number(rates.of(worker, WorkerFigures::wakeUps)),
                    worker.endpoint().isEmpty() ? "-" : worker.endpoint());
        }
        add(table);
    }

    private void shards(TopColumn sort, int most) {
        TextTable table = new TextTable(
                "SHARD", "STATE", "HOME", "HANDLED/S", "TURNS/S", "STOLEN/S", "DEPTH", "HIGH-WATER", "OVERFLOW");
        for (ShardFigures shard : rates.shards(sort, most)) {
            table.row(
                    "shard " + shard.shard(),
                    shard.state(),
                    shard.receiver() ? "receiver" : String.valueOf(shard.homeWorker()),
                    number(rates.of(shard, ShardFigures::handled)),
                    number(rates.of(shard, ShardFigures::turns)),
                    number(rates.of(shard, ShardFigures::stolenTurns)),
                    shard.depthBytes(),
                    shard.highWaterBytes(),
                    shard.lanes().stream()
                            .mapToLong(ShardFigures.LaneFigures::overflowBytes)
                            .sum());
        }
        add(table);
    }

    private void endpoints(TopColumn sort, int most) {
        TextTable table = new TextTable("ENDPOINT", "BUSY", "SHARD", "HANDLED/S", "HANDLED", "P50", "P99");
        for (EndpointFigures endpoint : rates.endpoints(sort, most)) {
            table.row(
                    endpoint.name(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * rates.share(endpoint)),
                    endpoint.shard(),
                    number(rates.handled(endpoint)),
                    endpoint.handled(),
                    time(endpoint.p50Ns()),
                    time(endpoint.p99Ns()));
        }
        add(table);
    }

    private void counters() {
        lines.add("");
        rates.now().counters().entrySet().stream()
                .filter(counter -> counter.getValue() != 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(counter -> lines.add(counter.getKey() + ": " + counter.getValue()));
    }

    private void add(TextTable table) {
        lines.add("");
        lines.addAll(table.lines());
    }

    private static String time(long ns) {
        return ns == 0 ? "-" : DumpText.duration(ns);
    }

    /** A rate: whole, or with a part where it is small. */
    private static String number(double rate) {
        return String.format(Locale.ROOT, rate >= 10 || rate == 0 ? "%.0f" : "%.1f", rate);
    }
}
