package org.talaria;

/**
 * Figures of a worker or receiver. Counts are since the engine was opened.
 *
 * @param worker its number; receivers come behind the workers
 * @param receiver whether it is a receiver
 * @param state what it does
 * @param shard the shard that it drains, −1 if none
 * @param endpoint the endpoint whose handler runs, empty if none
 * @param inTurnNs for how long it has been in its turn, by the engine's clock; 0 if in none
 * @param handled messages handled
 * @param turns stays on a shard, or parts of them
 * @param steals turns on shards that are not at home on it
 * @param parks times it went to sleep
 * @param wakeUps times it was woken
 * @param upCalls blocks of messages handed from native code to Java
 * @param empties looks at all its shards that found nothing
 * @param accepted messages accepted from handlers that it ran
 * @param refused sends of those handlers that were not accepted
 * @param wakeCostNs what it costs to wake it, averaged; 0 where it is not measured
 */
public record WorkerFigures(
        int worker,
        boolean receiver,
        State state,
        int shard,
        String endpoint,
        long inTurnNs,
        long handled,
        long turns,
        long steals,
        long parks,
        long wakeUps,
        long upCalls,
        long empties,
        long accepted,
        long refused,
        long wakeCostNs) {
    /** What a worker does. */
    public enum State {
        /** It drains a shard. */
        DRAINING,
        /** It looks for work, or nobody invokes or receives. */
        IDLE,
        /** It sleeps until it is woken. */
        PARKED
    }
}
