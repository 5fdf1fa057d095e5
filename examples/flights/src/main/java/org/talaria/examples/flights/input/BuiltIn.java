package org.talaria.examples.flights.input;

import java.io.IOException;
import java.io.InputStream;

/** The data that comes with the demonstration. */
public final class BuiltIn {
    /** 20,000 flights. */
    public static final String FLIGHTS = "flights.csv";
    /** 3,376 airports. */
    public static final String AIRPORTS = "airports.csv";

    private static final String FOLDER = "/org/talaria/examples/flights/";

    private BuiltIn() {}

    /** Opens one of them. @throws IOException if it was left out of the build */
    public static InputStream open(String name) throws IOException {
        InputStream in = BuiltIn.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException("the resource " + FOLDER + name + " is missing");
        }
        return in;
    }

    /** Reads the flights. */
    public static Flights flights() throws InputException {
        try (InputStream in = open(FLIGHTS)) {
            return FlightFile.read("the built-in " + FLIGHTS, in);
        } catch (IOException e) {
            throw new InputException(
                    "the built-in flights cannot be read: " + e.getMessage()
                            + ": build the demonstration again, or give --input FILE",
                    e);
        }
    }
}
