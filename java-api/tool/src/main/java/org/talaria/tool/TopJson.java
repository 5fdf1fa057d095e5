package org.talaria.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.ShardFigures;
import org.talaria.ShardFigures.LaneFigures;
import org.talaria.WorkerFigures;

/** What {@code talaria top} tells to a program: one object. Names end in their units; a rate is a second. */
final class TopJson {
    private TopJson() {}

    static String of(Rates rates, TopColumn sort, int most) {
        EngineSnapshot now = rates.now();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pid", now.pid());
        all.put("state", now.state());
        all.put("start_time_ms", now.startTimeMs());
        all.put("accepted", now.accepted());
        all.put("handled", now.handled());
        all.put("dead", now.dead());
        all.put("refused", now.refused());
        all.put("in_flight", now.accepted() - now.handled() - now.dead());
        all.put("accepted_per_s", rates.ofEngine(EngineSnapshot::accepted));
        all.put("handled_per_s", rates.ofEngine(EngineSnapshot::handled));
        all.put(
                "workers",
                now.workers().stream().map(worker -> worker(rates, worker)).toList());
        all.put(
                "shards",
                rates.shards(sort, most).stream()
                        .map(shard -> shard(rates, shard))
                        .toList());
        all.put(
                "endpoints",
                rates.endpoints(sort, most).stream()
                        .map(endpoint -> endpoint(rates, endpoint))
                        .toList());
        all.put("counters", now.counters());
        return Json.of(all);
    }

    private static Map<String, Object> worker(Rates rates, WorkerFigures worker) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("worker", worker.worker());
        all.put("receiver", worker.receiver());
        all.put("state", worker.state());
        all.put("shard", worker.shard());
        all.put("endpoint", worker.endpoint());
        all.put("in_turn_ns", worker.inTurnNs());
        all.put("handled", worker.handled());
        all.put("handled_per_s", rates.of(worker, WorkerFigures::handled));
        all.put("turns", worker.turns());
        all.put("turns_per_s", rates.of(worker, WorkerFigures::turns));
        all.put("steals", worker.steals());
        all.put("parks", worker.parks());
        all.put("wake_ups", worker.wakeUps());
        all.put("up_calls", worker.upCalls());
        all.put("empties", worker.empties());
        all.put("accepted", worker.accepted());
        all.put("refused", worker.refused());
        all.put("wake_cost_ns", worker.wakeCostNs());
        return all;
    }

    private static Map<String, Object> shard(Rates rates, ShardFigures shard) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("shard", shard.shard());
        all.put("receiver", shard.receiver());
        all.put("home_worker", shard.homeWorker());
        all.put("state", shard.state());
        all.put("turns", shard.turns());
        all.put("stolen_turns", shard.stolenTurns());
        all.put("moved_in", shard.movedIn());
        all.put("handled_per_s", rates.of(shard, ShardFigures::handled));
        List<Map<String, Object>> lanes =
                shard.lanes().stream().map(TopJson::lane).toList();
        all.put("lanes", lanes);
        return all;
    }

    private static Map<String, Object> lane(LaneFigures lane) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("lane", lane.lane());
        all.put("priority", lane.priority());
        all.put("depth_bytes", lane.depthBytes());
        all.put("high_water_bytes", lane.highWaterBytes());
        all.put("overflow_bytes", lane.overflowBytes());
        all.put("overflow_records", lane.overflowRecords());
        all.put("handled", lane.handled());
        all.put("dead", lane.dead());
        all.put("spilled", lane.spilled());
        all.put("open_claim", lane.openClaim());
        return all;
    }

    private static Map<String, Object> endpoint(Rates rates, EndpointFigures endpoint) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", endpoint.name());
        all.put("index", endpoint.index());
        all.put("generation", endpoint.generation());
        all.put("shard", endpoint.shard());
        all.put("samples", endpoint.samples());
        all.put("share", rates.share(endpoint));
        all.put("handled", endpoint.handled());
        all.put("handled_per_s", rates.handled(endpoint));
        all.put("p50_ns", endpoint.p50Ns());
        all.put("p99_ns", endpoint.p99Ns());
        all.put("last_sample_ms", endpoint.lastSampleMs());
        return all;
    }
}
