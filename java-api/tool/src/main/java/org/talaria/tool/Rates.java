package org.talaria.tool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.ShardFigures;
import org.talaria.WorkerFigures;

/** What happened between two snapshots of an engine, a second. Immutable. */
final class Rates {
    private final EngineSnapshot now;
    private final double seconds;
    private final EngineSnapshot before;
    private final Map<Integer, WorkerFigures> workers = new HashMap<>();
    private final Map<Integer, ShardFigures> shards = new HashMap<>();
    private final Map<Long, EndpointFigures> endpoints = new HashMap<>();
    private final long samples;

    Rates(EngineSnapshot before, EngineSnapshot now) {
        this.before = before;
        this.now = now;
        seconds = Math.max(1, now.atNs() - before.atNs()) / 1e9;
        before.workers().forEach(worker -> workers.put(worker.worker(), worker));
        before.shards().forEach(shard -> shards.put(shard.shard(), shard));
        before.endpoints().forEach(endpoint -> endpoints.put(key(endpoint), endpoint));
        samples = now.endpoints().stream().mapToLong(this::samples).sum();
    }

    private static long key(EndpointFigures endpoint) {
        return (long) endpoint.generation() << 32 | endpoint.index();
    }

    EngineSnapshot now() {
        return now;
    }

    double ofEngine(ToLongFunction<EngineSnapshot> figure) {
        return rate(before, now, figure);
    }

    double of(WorkerFigures worker, ToLongFunction<WorkerFigures> figure) {
        return rate(workers.get(worker.worker()), worker, figure);
    }

    double of(ShardFigures shard, ToLongFunction<ShardFigures> figure) {
        return rate(shards.get(shard.shard()), shard, figure);
    }

    double handled(EndpointFigures endpoint) {
        return rate(endpoints.get(key(endpoint)), endpoint, EndpointFigures::handled);
    }

    /** Its part of what was found running meanwhile, 0 … 1. */
    double share(EndpointFigures endpoint) {
        return samples == 0 ? 0 : (double) samples(endpoint) / samples;
    }

    private long samples(EndpointFigures endpoint) {
        EndpointFigures then = endpoints.get(key(endpoint));
        // Less than before: its slot was another's meanwhile
        return Math.max(0, endpoint.samples() - (then == null ? 0 : then.samples()));
    }

    private <T> double rate(@Nullable T then, T at, ToLongFunction<T> figure) {
        long from = then == null ? 0 : figure.applyAsLong(then);
        return Math.max(0, figure.applyAsLong(at) - from) / seconds;
    }

    /** Shards, sorted, the first so many. */
    List<ShardFigures> shards(TopColumn by, int most) {
        return now.shards().stream()
                .sorted(Objects.requireNonNull(by.ofShards(this)))
                .limit(most)
                .toList();
    }

    /** Endpoints, sorted, the first so many. */
    List<EndpointFigures> endpoints(TopColumn by, int most) {
        return now.endpoints().stream()
                .sorted(Objects.requireNonNull(by.ofEndpoints(this)))
                .limit(most)
                .toList();
    }
}
