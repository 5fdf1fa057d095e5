package org.talaria.journal.write;

import java.util.List;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Scratch;

/** What every segment begins with: which run of which engine this is. */
final class Epoch {
    private final RegionView region;
    private final List<ShardFollower> shards;

    Epoch(RegionView region, List<ShardFollower> shards) {
        this.region = region;
        this.shards = shards;
    }

    /**
     * Packs the body of a START excerpt.
     *
     * @param segment number of the segment
     * @param previous excerpts in the segment before; where the epoch begins here −2 minus that, −1 without one before
     */
    void put(Scratch body, int segment, long previous) {
        body.putInt(ExcerptDescriptor.FORMAT_VERSION)
                .putInt(segment)
                .putLong(previous)
                .putLong(System.currentTimeMillis())
                .putLong(region.longAt(RegionDescriptor.LAYOUT_HASH_OFFSET))
                .putInt(region.intAt(RegionDescriptor.LAYOUT_VERSION_OFFSET))
                .putInt(region.intAt(RegionDescriptor.PID_OFFSET))
                .putLong(region.longAt(RegionDescriptor.START_TIME_MS_OFFSET))
                .putLong(region.longAt(RegionDescriptor.ANCHOR_EPOCH_NS_OFFSET))
                .putLong(region.longAt(RegionDescriptor.ANCHOR_NANO_TIME_OFFSET))
                .putInt(region.rings())
                .putInt(region.workers())
                .putInt(region.intAt(RegionDescriptor.RING_CAPACITY_OFFSET))
                .putInt(region.intAt(RegionDescriptor.MAX_MESSAGE_BYTES_OFFSET))
                .putInt(region.intAt(RegionDescriptor.FLAGS_OFFSET))
                .putInt(shards.size());
        for (ShardFollower shard : shards) {
            body.putLong(shard.published());
        }
        for (int ring = 0; ring < shards.size(); ring++) {
            body.putInt(region.shardOf(ring)).putInt(region.priorityOf(ring));
        }
    }
}
