package org.talaria;

/**
 * Figures of an engine. The identity {@code accepted = handled + dead + inFlight} is exact when the engine is quiet; while it runs, handled and dead are read
 * first and accepted last, so that inFlight is never negative.
 *
 * @param accepted messages accepted from threads and handlers
 * @param handled messages whose handler returned
 * @param dead messages that went to dead letters
 * @param inFlight accepted, and neither handled nor dead yet
 * @param refused sends that were not accepted
 * @param endpoints living endpoints
 * @param turns turns of all workers
 * @param steals turns on a shard that is not at home on the worker that took it
 * @param parks times a worker parked
 * @param spilled records that went through an overflow
 */
public record EngineStats(
        long accepted,
        long handled,
        long dead,
        long inFlight,
        long refused,
        int endpoints,
        long turns,
        long steals,
        long parks,
        long spilled) {}
