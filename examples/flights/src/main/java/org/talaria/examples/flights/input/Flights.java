package org.talaria.examples.flights.input;

import java.util.List;

/**
 * What a file holds.
 *
 * @param flights the valid lines, in the order of the file
 * @param rejects the others, in the order of the file; blank lines are neither
 */
public record Flights(List<Flight> flights, List<Reject> rejects) {
    /** Makes both lists immutable. */
    public Flights {
        flights = List.copyOf(flights);
        rejects = List.copyOf(rejects);
    }
}
