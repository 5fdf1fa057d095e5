package com.example.market;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Asks for the average price of all trades of an instrument.
 *
 * @param instrument which
 */
@Message
public record VwapQuery(int instrument) implements Request<VwapQuery, Price>, VwapMessage {}
