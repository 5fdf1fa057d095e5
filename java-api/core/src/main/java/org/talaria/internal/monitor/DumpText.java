package org.talaria.internal.monitor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.ShardFigures;
import org.talaria.ShardFigures.LaneFigures;
import org.talaria.WorkerFigures;
import org.talaria.WorkerFigures.State;

/** An engine's dump: who drains what for how long, what waits, who is busy. For people; not to be parsed. */
public final class DumpText {
    private static final int MOST_ENDPOINTS = 20;

    private final EngineSnapshot snapshot;
    private final IntFunction<String> threads;
    private final StringBuilder text = new StringBuilder();

    /** Of an engine whose threads are not known. */
    public DumpText(EngineSnapshot snapshot) {
        this(snapshot, worker -> "");
    }

    /** @param threads what is known of a worker's thread: lines that are put below it */
    public DumpText(EngineSnapshot snapshot, IntFunction<String> threads) {
        this.snapshot = snapshot;
        this.threads = threads;
        write();
    }

    private void write() {
        line(
                "engine of process %d, %s: accepted %d, handled %d, dead %d, refused %d, in flight %d",
                snapshot.pid(),
                snapshot.state(),
                snapshot.accepted(),
                snapshot.handled(),
                snapshot.dead(),
                snapshot.refused(),
                snapshot.accepted() - snapshot.handled() - snapshot.dead());
        line("");
        line("drainers:");
        snapshot.workers().forEach(this::worker);
        List<Integer> parked = snapshot.workers().stream()
                .filter(worker -> worker.state() == State.PARKED)
                .map(WorkerFigures::worker)
                .toList();
        line("parked: %s", parked.isEmpty() ? "none" : parked);
        line("");
        line("shards where something waits or that are drained:");
        snapshot.shards().forEach(this::shard);
        line("");
        line("endpoints found running, of all samples:");
        snapshot.endpoints().stream().limit(MOST_ENDPOINTS).forEach(this::endpoint);
        line("");
        line("counters:");
        snapshot.counters().entrySet().stream()
                .filter(counter -> counter.getValue() != 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(counter -> line("  %s: %d", counter.getKey(), counter.getValue()));
    }

    private void worker(WorkerFigures worker) {
        String who = worker.receiver() ? "receiver" : "worker";
        if (worker.state() == State.DRAINING) {
            line(
                    "  %s %d drains shard %d for %s%s",
                    who,
                    worker.worker(),
                    worker.shard(),
                    duration(worker.inTurnNs()),
                    worker.endpoint().isEmpty() ? ", between handlers" : ", in the handler of " + worker.endpoint());
        } else {
            line("  %s %d is %s", who, worker.worker(), worker.state() == State.PARKED ? "parked" : "idle");
        }
        text.append(threads.apply(worker.worker()));
    }

    private void shard(ShardFigures shard) {
        if (shard.depthBytes() == 0 && shard.state().equals("IDLE")) {
            return;
        }
        line(
                "  shard %d, %s, %s",
                shard.shard(),
                shard.state(),
                shard.receiver() ? "a receiver's" : "at home on worker " + shard.homeWorker());
        for (LaneFigures lane : shard.lanes()) {
            line(
                    "    lane %d (%s): %d bytes wait, %d at most; overflow %d messages, %d bytes%s",
                    lane.lane(),
                    lane.priority(),
                    lane.depthBytes(),
                    lane.highWaterBytes(),
                    lane.overflowRecords(),
                    lane.overflowBytes(),
                    lane.openClaim() ? "; the next message is claimed and not written yet" : "");
        }
    }

    private void endpoint(EndpointFigures endpoint) {
        line(
                "  %5.1f %% %s on shard %d: %d messages, half within %s, 99 %% within %s",
                100 * endpoint.share(),
                endpoint.name(),
                endpoint.shard(),
                endpoint.handled(),
                duration(endpoint.p50Ns()),
                duration(endpoint.p99Ns()));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** A time with the unit that fits it. */
    public static String duration(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f us", ns / 1e3);
        }
        return ns < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f ms", ns / 1e6)
                : String.format(Locale.ROOT, "%.1f s", ns / 1e9);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
