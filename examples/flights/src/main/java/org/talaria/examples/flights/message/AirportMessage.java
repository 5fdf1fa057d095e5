package org.talaria.examples.flights.message;

/** What may be told to an airport. */
public sealed interface AirportMessage permits Departure, Arrival, BoardQuery {}
