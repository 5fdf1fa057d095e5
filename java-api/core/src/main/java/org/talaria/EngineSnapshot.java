package org.talaria;

import java.util.List;
import java.util.Map;

/**
 * The figures of an engine, read one after the other while it runs: handled and dead before accepted, so that {@code accepted - handled - dead} is never negative.
 *
 * @param pid the process
 * @param startTimeMs when the engine was opened, milliseconds since 1970
 * @param atNs when this was read: the machine's monotonic clock, for rates between two snapshots
 * @param state {@code OPENING}, {@code RUNNING}, {@code DRAINING}, {@code STOPPING} or {@code CLOSED}
 * @param accepted messages accepted from threads and handlers
 * @param handled messages whose handler returned
 * @param dead messages that went to dead letters
 * @param refused sends that were not accepted
 * @param workers the engine's workers, and behind them the receivers that are or were at work
 * @param shards shards that are in use
 * @param endpoints the endpoints that were found running, the one found most often first
 * @param counters counters of the whole engine, by their label
 */
public record EngineSnapshot(
        long pid,
        long startTimeMs,
        long atNs,
        String state,
        long accepted,
        long handled,
        long dead,
        long refused,
        List<WorkerFigures> workers,
        List<ShardFigures> shards,
        List<EndpointFigures> endpoints,
        Map<String, Long> counters) {
    /** A copy that does not change. */
    public EngineSnapshot {
        workers = List.copyOf(workers);
        shards = List.copyOf(shards);
        endpoints = List.copyOf(endpoints);
        counters = Map.copyOf(counters);
    }
}
