package com.example.market;

import org.talaria.message.Message;

/**
 * The average price, weighted by volume.
 *
 * @param value the price; 0 without trades
 * @param volume how many were traded
 * @param instrument of which
 */
@Message
public record Price(double value, long volume, int instrument) {}
