package org.talaria.examples.flights.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.talaria.examples.flights.actor.AirportState;
import org.talaria.examples.flights.input.AirportNames;
import org.talaria.examples.flights.input.Reject;
import org.talaria.examples.flights.message.RouteAnswer;

/** The report for programs: one JSON object on one line. */
public final class JsonReport {
    private static final int ROWS = 10;

    private final Results results;
    private final AirportNames names;

    /** A report. */
    public JsonReport(Results results, AirportNames names) {
        this.results = results;
        this.names = names;
    }

    /** The object. */
    public String text() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("input", results.source());
        all.put("flights", results.flights());
        all.put("repeat", results.repeat());
        all.put("rejected", results.rejects().size());
        all.put(
                "rejects_file",
                results.rejects().isEmpty() ? null : results.rejectsFile().toString());
        all.put(
                "rejects",
                results.rejects().stream().limit(ROWS).map(JsonReport::reject).toList());
        all.put("output", results.output() == null ? null : String.valueOf(results.output()));
        engine(all);
        all.put("airports", results.airports().size());
        all.put(
                "busiest_airports",
                results.busiest(ROWS).stream().map(this::airport).toList());
        all.put("worst_routes_least_flights", results.leastFlights());
        all.put("worst_routes", results.worst(ROWS).stream().map(this::route).toList());
        speed(all);
        proof(all);
        return Json.of(all);
    }

    private void engine(Map<String, Object> all) {
        Results.Engine engine = results.engine();
        all.put("engine", engine.kind());
        all.put("engine_reason", engine.reason());
        all.put("workers", engine.workers());
        all.put("route_statistics_in", engine.routes());
    }

    private void speed(Map<String, Object> all) {
        Results.Speed speed = results.speed();
        all.put("messages", speed.messages());
        all.put("seconds", speed.seconds());
        all.put("messages_per_second", speed.messagesPerSecond());
        all.put("calls", speed.calls());
        all.put("call_p50_ns", speed.callP50Ns());
        all.put("call_p99_ns", speed.callP99Ns());
    }

    private void proof(Map<String, Object> all) {
        Results.Proof proof = results.proof();
        all.put("journal", proof.journal() == null ? null : String.valueOf(proof.journal()));
        all.put("journal_bytes", proof.journalBytes());
        // The report exists only when both hold: a run that fails them ends with an error instead.
        all.put("order_proved", true);
        all.put("proved", proof.proved());
        all.put("replay_equal", true);
        all.put("replayed_messages", proof.replayed());
        all.put("compared_endpoints", proof.compared());
    }

    private static Map<String, Object> reject(Reject reject) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("line", reject.line());
        row.put("reason", reject.reason());
        return row;
    }

    private Map<String, Object> airport(AirportState airport) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("airport", airport.code());
        row.put("name", names.of(airport.code()).name());
        row.put("city", names.of(airport.code()).place());
        row.put("departures", airport.departures());
        row.put("arrivals", airport.arrivals());
        row.put(
                "mean_delay_minutes",
                airport.departures() == 0 ? null : (double) airport.delayMinutesSum() / airport.departures());
        return row;
    }

    private Map<String, Object> route(RouteAnswer route) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("origin", route.origin());
        row.put("origin_city", names.of(route.origin()).place());
        row.put("destination", route.destination());
        row.put("destination_city", names.of(route.destination()).place());
        row.put("flights", route.flights());
        row.put("mean_delay_minutes", route.meanDelayMinutes());
        row.put("max_delay_minutes", route.delayMinutesMax());
        row.put("distance_miles", route.distanceMiles());
        return row;
    }
}
