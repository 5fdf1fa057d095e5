package org.talaria.examples.flights.actor;

/** Names of the demonstration's endpoints: they are in the journal, and a replay finds its handlers by them. */
public final class Names {
    /** The route statistics in C++. */
    public static final String ROUTES = "routes";
    /** Their Java twin: another name, so that a replay knows which of them the run had. */
    public static final String ROUTES_TWIN = "routes-java";
    /** The collector. */
    public static final String COLLECTOR = "collector";

    private static final String AIRPORT = "airport-";

    private Names() {}

    /** The name of an airport's actor. */
    public static String airport(String code) {
        return AIRPORT + code;
    }

    /** Whether an airport's actor is called so. */
    public static boolean isAirport(String name) {
        return name.startsWith(AIRPORT);
    }

    /** The code of the airport whose actor is called so. */
    public static String code(String name) {
        return name.substring(AIRPORT.length());
    }
}
