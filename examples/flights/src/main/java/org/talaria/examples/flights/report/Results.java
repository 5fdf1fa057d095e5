package org.talaria.examples.flights.report;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.examples.flights.actor.AirportState;
import org.talaria.examples.flights.input.Reject;
import org.talaria.examples.flights.message.RouteAnswer;

/**
 * What a run found. States are the actors' own, taken after the replay was found equal.
 *
 * @param source what was read
 * @param flights valid lines
 * @param rejects the others
 * @param rejectsFile where they are listed; meaningless without any
 * @param repeat how often the flights were sent
 * @param engine which engine ran, and how
 * @param airports all airports, by code
 * @param routes all routes, as the collector knows them
 * @param speed how fast it was
 * @param proof what the journal proved
 * @param output the CSV file; null if none was asked for
 */
public record Results(
        String source,
        int flights,
        List<Reject> rejects,
        Path rejectsFile,
        int repeat,
        Engine engine,
        List<AirportState> airports,
        List<RouteAnswer> routes,
        Speed speed,
        Proof proof,
        @Nullable Path output) {
    private static final long LEAST_FLIGHTS = 10;

    /**
     * The engine.
     *
     * @param kind {@code native} or {@code java}
     * @param reason why it is not the native one; empty if it is
     * @param workers its worker threads
     * @param routes what kept the route statistics: {@code C++} or {@code Java}
     */
    public record Engine(String kind, String reason, int workers, String routes) {}

    /**
     * Figures of the run.
     *
     * @param messages handled, all of them
     * @param seconds from the first send until all was handled
     * @param calls round trips measured
     * @param callP50Ns half of the calls took at most this many nanoseconds
     * @param callP99Ns 99 of 100 did
     */
    public record Speed(long messages, double seconds, long calls, long callP50Ns, long callP99Ns) {
        /** Messages handled a second. */
        public double messagesPerSecond() {
            return messages / seconds;
        }
    }

    /**
     * What the journal proved.
     *
     * @param journal its folder; null if it was temporary
     * @param journalBytes its size
     * @param proved the figures of the verification
     * @param replayed messages replayed
     * @param compared endpoints whose states were compared
     */
    public record Proof(@Nullable Path journal, long journalBytes, String proved, long replayed, int compared) {}

    /** The airports with most departures and arrivals, the busiest first. */
    public List<AirportState> busiest(int most) {
        return airports.stream()
                .sorted(Comparator.comparingLong((AirportState a) -> -(a.departures() + a.arrivals()))
                        .thenComparing(AirportState::code))
                .limit(most)
                .toList();
    }

    /** The routes with the highest mean delay among those with {@link #leastFlights}, the worst first. */
    public List<RouteAnswer> worst(int most) {
        long least = leastFlights();
        return routes.stream()
                .filter(route -> route.flights() >= least)
                .sorted(Comparator.comparingDouble((RouteAnswer route) -> -route.meanDelayMinutes())
                        .thenComparing(RouteAnswer::origin)
                        .thenComparing(RouteAnswer::destination))
                .limit(most)
                .toList();
    }

    /** Flights that a route needs to be ranked: 10 a repetition, or 1 where no route has so many. */
    public long leastFlights() {
        long wanted = LEAST_FLIGHTS * repeat;
        return routes.stream().anyMatch(route -> route.flights() >= wanted) ? wanted : 1;
    }
}
