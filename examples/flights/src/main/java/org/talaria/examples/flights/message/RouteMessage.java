package org.talaria.examples.flights.message;

/** What may be told to the route statistics, which are C++ on the native engine. */
public sealed interface RouteMessage permits RouteDeparture, AnswersTo, StateQuery {}
