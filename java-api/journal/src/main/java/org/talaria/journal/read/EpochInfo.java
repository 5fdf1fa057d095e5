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
 * @param shards rings of the engine: one a lane, those of the shards' NORMAL lanes first
 * @param workers of the engine
 * @param ringCapacityBytes of a shard
 * @param maxMessageBytes largest payload
 * @param flags of the region header
 * @param positions up to which each shard was journaled before this segment
 * @param lanes of each ring, whose it is
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
        List<Lane> lanes,
        List<Turned> turned) {
    /**
     * A ring's place.
     *
     * @param shard whose lane it is
     * @param priority of the lane
     */
    public record Lane(int shard, int priority) {}

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
        int segment = body.getInt();
        long previous = body.getLong();
        long writtenMs = body.getLong();
        long layoutHash = body.getLong();
        int layoutVersion = body.getInt();
        int pid = body.getInt();
        long startTimeMs = body.getLong();
        long anchorEpochNs = body.getLong();
        long anchorNanoTime = body.getLong();
        int rings = body.getInt();
        int workers = body.getInt();
        int ringCapacityBytes = body.getInt();
        int maxMessageBytes = body.getInt();
        int flags = body.getInt();
        List<Long> positions = positions(body);
        return new EpochInfo(
                excerpt.epoch(),
                segment,
                previous,
                writtenMs,
                layoutHash,
                layoutVersion,
                pid,
                startTimeMs,
                anchorEpochNs,
                anchorNanoTime,
                rings,
                workers,
                ringCapacityBytes,
                maxMessageBytes,
                flags,
                positions,
                lanes(body, positions.size()),
                turned(body));
    }

    private static List<Lane> lanes(Unpacker body, int rings) {
        List<Lane> lanes = new ArrayList<>();
        for (int ring = 0; ring < rings; ring++) {
            lanes.add(new Lane(body.getInt(), body.getInt()));
        }
        return List.copyOf(lanes);
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
