package org.talaria;

import java.util.List;

/**
 * Figures of a shard. Counts are since the engine was opened.
 *
 * @param shard its number
 * @param receiver whether a receiver drains it
 * @param homeWorker the worker that it is at home on, −1 of a receiver's
 * @param state {@code IDLE}, {@code READY}, {@code OWNED}, or {@code OWNED+READY}
 * @param turns its turns
 * @param stolenTurns those by a worker that it is not at home on
 * @param movedIn endpoints that moved here from other shards
 * @param lanes its lanes, NORMAL's first
 */
public record ShardFigures(
        int shard,
        boolean receiver,
        int homeWorker,
        String state,
        long turns,
        long stolenTurns,
        long movedIn,
        List<LaneFigures> lanes) {
    /** A copy that does not change. */
    public ShardFigures {
        lanes = List.copyOf(lanes);
    }

    /** Messages handled in all lanes. */
    public long handled() {
        return lanes.stream().mapToLong(LaneFigures::handled).sum();
    }

    /** Bytes that wait in all lanes and their overflows. */
    public long depthBytes() {
        return lanes.stream()
                .mapToLong(lane -> lane.depthBytes() + lane.overflowBytes())
                .sum();
    }

    /** The largest of its lanes' high-water marks, in bytes. */
    public long highWaterBytes() {
        return lanes.stream().mapToLong(LaneFigures::highWaterBytes).max().orElse(0);
    }

    /**
     * Figures of one lane.
     *
     * @param lane its number
     * @param priority its priority, of several the lowest, or NORMAL where that is among them
     * @param depthBytes bytes in its ring that are not handled yet, with headers
     * @param highWaterBytes the most that was seen of those: looked at 100 times a second at most, so that what was shorter may be missed
     * @param overflowBytes bytes in its overflow
     * @param overflowRecords messages in its overflow
     * @param handled messages handled
     * @param dead messages that went to dead letters
     * @param spilled messages that went through its overflow
     * @param openClaim whether the next message is claimed by a sender and not written yet: what is behind it waits
     */
    public record LaneFigures(
            int lane,
            Priority priority,
            long depthBytes,
            long highWaterBytes,
            long overflowBytes,
            long overflowRecords,
            long handled,
            long dead,
            long spilled,
            boolean openClaim) {}
}
