package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.talaria.examples.flights.message.RouteAnswer;
import org.talaria.examples.flights.message.RouteDeparture;

/** Delay statistics per route: the arithmetic and the snapshot of {@code routes.cpp}, byte for byte. One thread at a time. */
public final class RouteTable {
    private static final Comparator<RouteAnswer> BY_BYTES = Comparator.<RouteAnswer, byte[]>comparing(
                    route -> Bytes.of(route.origin()), Arrays::compareUnsigned)
            .thenComparing(route -> Bytes.of(route.destination()), Arrays::compareUnsigned);

    private final Map<Route, RouteAnswer> routes = new HashMap<>();
    private long flights;

    private record Route(String origin, String destination) {}

    /** Counts a flight. @return its route's statistics */
    public RouteAnswer departed(RouteDeparture flight) {
        flights++;
        RouteAnswer one = new RouteAnswer(
                flight.origin(),
                flight.destination(),
                1,
                flight.delayMinutes(),
                flight.delayMinutes(),
                flight.delayMinutes(),
                flight.distanceMiles());
        return routes.merge(new Route(flight.origin(), flight.destination()), one, RouteTable::sum);
    }

    /** Takes over an answer: the latest of a route is its statistics. */
    void answered(RouteAnswer answer) {
        flights++;
        routes.put(new Route(answer.origin(), answer.destination()), answer);
    }

    /** Flights counted. */
    public long flights() {
        return flights;
    }

    /** The statistics of all routes, in the order of their codes' UTF-8 bytes. */
    public List<RouteAnswer> routes() {
        return routes.values().stream().sorted(BY_BYTES).toList();
    }

    void write(ByteBuffer target) {
        ByteBuffer buffer = target.order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(flights).putInt(routes.size());
        for (RouteAnswer route : routes()) {
            Bytes.put(buffer, route.origin());
            Bytes.put(buffer, route.destination());
            buffer.putLong(route.flights()).putLong(route.delayMinutesSum());
            buffer.putInt(route.delayMinutesMin())
                    .putInt(route.delayMinutesMax())
                    .putInt(route.distanceMiles());
        }
    }

    private static RouteAnswer sum(RouteAnswer a, RouteAnswer b) {
        return new RouteAnswer(
                a.origin(),
                a.destination(),
                a.flights() + b.flights(),
                a.delayMinutesSum() + b.delayMinutesSum(),
                Math.min(a.delayMinutesMin(), b.delayMinutesMin()),
                Math.max(a.delayMinutesMax(), b.delayMinutesMax()),
                b.distanceMiles());
    }
}
