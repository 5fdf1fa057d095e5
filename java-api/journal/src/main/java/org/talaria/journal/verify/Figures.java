package org.talaria.journal.verify;

/**
 * What was looked at.
 *
 * @param epochs runs of an engine
 * @param segments files
 * @param excerpts in them
 * @param blocks excerpts with records
 * @param blockBytes bytes of these
 * @param messages records for endpoints' handlers
 * @param controls records of the engine's own
 * @param senders ids that sent
 * @param addresses that were sent to
 * @param pairs of a sender and an address
 * @param turns stays of workers on shards
 * @param handled records that were handled
 * @param dead records that became dead letters
 * @param replies to waiting threads
 * @param refusals outcomes of handlers' sends other than ACCEPTED
 * @param causes edges from cause to effect
 * @param moves of endpoints from shard to shard
 * @param unjournaled endpoints whose messages were declared not to be journaled
 */
public record Figures(
        int epochs,
        int segments,
        long excerpts,
        long blocks,
        long blockBytes,
        long messages,
        long controls,
        long senders,
        long addresses,
        long pairs,
        long turns,
        long handled,
        long dead,
        long replies,
        long refusals,
        long causes,
        long moves,
        long unjournaled) {}
