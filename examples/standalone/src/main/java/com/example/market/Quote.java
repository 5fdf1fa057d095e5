package com.example.market;

import org.talaria.message.Message;

/**
 * What a venue bids and offers.
 *
 * @param bid price at which it buys
 * @param offer price at which it sells
 * @param instrument of which
 * @param venue its code
 */
@Message
public record Quote(double bid, double offer, int instrument, String venue) implements BookMessage {}
