package org.talaria.examples.flights.message;

/** What may be told to the collector. */
public sealed interface CollectorMessage permits RouteAnswer, CollectedQuery {}
