package org.talaria.examples.flights.message;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Asks the collector how many answers it has; changes nothing.
 *
 * @param number the asker's own, comes back in the answer
 */
@Message
public record CollectedQuery(long number) implements CollectorMessage, Request<CollectedQuery, Collected> {}
