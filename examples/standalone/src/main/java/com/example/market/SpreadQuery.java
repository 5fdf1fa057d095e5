package com.example.market;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Asks for the spread of the latest quote of an instrument.
 *
 * @param instrument which
 */
@Message
public record SpreadQuery(int instrument) implements Request<SpreadQuery, Spread>, BookMessage {}
