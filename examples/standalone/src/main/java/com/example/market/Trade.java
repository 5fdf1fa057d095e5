package com.example.market;

import org.talaria.message.Message;
import org.talaria.message.Request;

/**
 * Something was traded. Told, it is counted; asked or called, it is answered with the average price including it.
 *
 * @param price for one
 * @param instrument which
 * @param size how many, above 0
 */
@Message
public record Trade(double price, int instrument, int size) implements Request<Trade, Price>, VwapMessage {}
