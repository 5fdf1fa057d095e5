package org.talaria.examples.flights.report;

import java.util.List;
import java.util.Locale;
import org.talaria.examples.flights.actor.AirportState;
import org.talaria.examples.flights.input.AirportNames;
import org.talaria.examples.flights.input.Reject;
import org.talaria.examples.flights.message.RouteAnswer;

/** The report for people. */
public final class TextReport {
    private static final int ROWS = 5;
    private static final int SHOWN_REJECTS = 3;
    private static final int PLACE_WIDTH = 44;
    private static final int ROUTE_WIDTH = 56;

    private final Results results;
    private final AirportNames names;
    private final StringBuilder text = new StringBuilder();

    /** A report. */
    public TextReport(Results results, AirportNames names) {
        this.results = results;
        this.names = names;
    }

    /** The lines, each with its end. */
    public String text() {
        text.setLength(0);
        input();
        engine();
        airports();
        routes();
        figures();
        return text.toString();
    }

    private void input() {
        line(
                "Flights   %,d from %s%s",
                results.flights(),
                results.source(),
                results.repeat() == 1 ? "" : String.format(Locale.ROOT, ", sent %,d times", results.repeat()));
        List<Reject> rejects = results.rejects();
        if (rejects.isEmpty()) {
            return;
        }
        line(
                "Rejected  %,d malformed %s, listed in %s",
                rejects.size(), rejects.size() == 1 ? "line" : "lines", results.rejectsFile());
        rejects.stream()
                .limit(SHOWN_REJECTS)
                .forEach(reject -> line("          line %d: %s", reject.line(), reject.reason()));
        if (rejects.size() > SHOWN_REJECTS) {
            line("          …");
        }
    }

    private void engine() {
        Results.Engine engine = results.engine();
        line(
                "Engine    %s, %d %s, route statistics in %s",
                engine.kind(), engine.workers(), engine.workers() == 1 ? "worker" : "workers", engine.routes());
        if (!engine.reason().isEmpty()) {
            line("          not native because %s", engine.reason());
        }
        line("");
    }

    private void airports() {
        String heading = String.format(
                Locale.ROOT, "Busiest airports of %,d", results.airports().size());
        line("%s %11s %9s  %10s", fitted(heading, PLACE_WIDTH + 2), "departures", "arrivals", "mean delay");
        for (AirportState airport : results.busiest(ROWS)) {
            line(
                    "  %s %,11d %,9d  %s",
                    title(airport.code()), airport.departures(), airport.arrivals(), delay(airport));
        }
        line("");
    }

    private void routes() {
        line(
                results.leastFlights() > 1 ? "Worst routes (of those with %,d or more flights)" : "Worst routes",
                results.leastFlights());
        for (RouteAnswer route : results.worst(ROWS)) {
            line(
                    "  %s %,7d %-7s  %6.1f min",
                    pair(route),
                    route.flights(),
                    route.flights() == 1 ? "flight" : "flights",
                    route.meanDelayMinutes());
        }
        line("");
    }

    private void figures() {
        Results.Speed speed = results.speed();
        line(
                "Speed     %,.0f messages/s (%,d messages in %.3f s)",
                speed.messagesPerSecond(), speed.messages(), speed.seconds());
        line(
                "call      p50 %.2f µs, p99 %.2f µs (%,d calls)",
                speed.callP50Ns() / 1e3, speed.callP99Ns() / 1e3, speed.calls());
        Results.Proof proof = results.proof();
        line(
                "Journal   %.1f MB%s",
                proof.journalBytes() / 1e6, proof.journal() == null ? ", temporary" : " in " + proof.journal());
        line("Order     order proved: %s", proof.proved());
        line(
                "Replay    replay equal: %,d messages replayed, %,d states the same byte for byte",
                proof.replayed(), proof.compared());
        if (results.output() != null) {
            line("Output    %s", results.output());
        }
    }

    private String title(String code) {
        AirportNames.Airport airport = names.of(code);
        return fitted(
                airport.name().isEmpty() ? code : code + " " + airport.place() + ", " + airport.name(), PLACE_WIDTH);
    }

    private String pair(RouteAnswer route) {
        return fitted(place(route.origin()) + " → " + place(route.destination()), ROUTE_WIDTH);
    }

    private String place(String code) {
        AirportNames.Airport airport = names.of(code);
        return airport.name().isEmpty() ? code : code + " " + airport.place();
    }

    private static String delay(AirportState airport) {
        return airport.departures() == 0
                ? "         –"
                : String.format(Locale.ROOT, "%6.1f min", (double) airport.delayMinutesSum() / airport.departures());
    }

    /** Exactly so many characters. */
    private static String fitted(String value, int width) {
        return value.length() > width
                ? value.substring(0, width - 1) + "…"
                : value + " ".repeat(width - value.length());
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
