package com.example.market;

import org.talaria.message.Message;

/**
 * Offer minus bid of the latest quote.
 *
 * @param value the difference
 * @param venue whose quote it was
 */
@Message
public record Spread(double value, String venue) {}
