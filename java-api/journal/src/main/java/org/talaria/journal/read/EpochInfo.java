package org.talaria.journal.read;

import java.util.ArrayList;
import java.util.List;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.journal.store.Unpacker;

/**
 * What a segment begins with: which run of which engine it belongs to.
 *
 * @param epoch the run, counted from 1 in a journal
 * @param segment the segment
 * @param previous excerpts in the segment before; where the epoch begins here −2 minus that, −1 without one before
 * @param writtenMs wall clock when the segment began
 * @param layoutHash of the engine's region
 * @param layoutVersion of the engine's region
 * @param pid of the process
 * @param startTimeMs wall clock when the engine opened
 * @param anchorEpochNs wall clock at the anchor
 * @param anchorNanoTime the engine's clock at the anchor
 * @param shards of the engine
 * @param workers of the engine
 * @param ringCapacityBytes of a shard
 * @param maxMessageBytes largest payload
 * @param flags of the region header
 * @param positions up to which each shard was journaled before this segment
 * @param turned positions whose turns are in earlier segments; known only where retention may delete these
 */
public record EpochInfo(
        int epoch,
        int segment,
        long previous,
        long writtenMs,
        long layoutHash,
        int layoutVersion,
        int pid,
        long startTimeMs,
        long anchorEpochNs,
        long anchorNanoTime,
        int shards,
        int workers,
        int ringCapacityBytes,
        int maxMessageBytes,
        int flags,
        List<Long> positions,
        List<Turned> turned) {
    /**
     * Positions whose turns are in earlier segments.
     *
     * @param shard of which shard
     * @param from first position
     * @param to position behind the last
     */
    public record Turned(int shard, long from, long to) {}

    /** Whether the epoch begins with this segment. */
    public boolean begins() {
        return previous < 0;
    }

    /** Excerpts that the segment before had; −1: there was none. */
    public long previousExcerpts() {
        return begins() ? -2 - previous : previous;
    }

    /** Whether handling waited for the journal. */
    public boolean writeAhead() {
        return (flags & RegionDescriptor.FLAG_WRITE_AHEAD) != 0;
    }

    /** Wall clock, in nanoseconds since 1970, of a monotonic time of this epoch. */
    public long wallClockNs(long timeNs) {
        return anchorEpochNs + (timeNs - anchorNanoTime);
    }

    /** Reads the body of a START excerpt; its format version must have been looked at. */
    static EpochInfo read(Excerpt excerpt, Unpacker body) {
        return new EpochInfo(
                excerpt.epoch(),
                body.getInt(),
                body.getLong(),
                body.getLong(),
                body.getLong(),
                body.getInt(),
                body.getInt(),
                body.getLong(),
                body.getLong(),
                body.getLong(),
                body.getInt(),
                body.getInt(),
                body.getInt(),
                body.getInt(),
                body.getInt(),
                positions(body),
                turned(body));
    }

    private static List<Turned> turned(Unpacker body) {
        List<Turned> turned = new ArrayList<>();
        for (int count = body.getInt(); count > 0; count--) {
            turned.add(new Turned(body.getInt(), body.getLong(), body.getLong()));
        }
        return List.copyOf(turned);
    }

    private static List<Long> positions(Unpacker body) {
        List<Long> positions = new ArrayList<>();
        for (int count = body.getInt(); count > 0; count--) {
            positions.add(body.getLong());
        }
        return List.copyOf(positions);
    }
}
