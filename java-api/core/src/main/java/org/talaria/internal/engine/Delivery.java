package org.talaria.internal.engine;

import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;

/** Brings records that were gathered to where their targets live. A worker's or a receiver's thread. */
final class Delivery {
    private final Engine engine;
    private final LanePlan lanes;
    private final long rows;

    Delivery(Engine engine) {
        this.engine = engine;
        lanes = engine.lanes();
        rows = engine.region().rows();
    }

    /** The lane of a record's target where that lives now, of the priority of {@code lane}; that itself if nobody lives there: who drains it finds out. */
    int homeLane(long record, int lane) {
        int target = Mem.getInt(record + RecordDescriptor.TARGET_OFFSET);
        // seq_cst (R15): pairs with the mover's write
        long home = Mem.getLongVolatile(rows + (long) target * EndpointDescriptor.BYTES);
        int half = HomeWord.half(home);
        boolean lives = HomeWord.generation(half) == RecordDescriptor.generation(record)
                && (HomeWord.state(half) == HomeWord.LIVE || HomeWord.state(half) == HomeWord.CLOSED);
        return lives ? lanes.laneOf((int) home, lanes.priorityOf(lane)) : lane;
    }

    /** Brings one record to where its target lives at the moment, into the ring or the overflow, as often as it moves meanwhile (MOVE-3). */
    void sendAlone(Turn turn, long record, int lane) {
        int bytes = RingDescriptor.align8(Mem.getInt(record));
        while (true) {
            int home = homeLane(record, lane);
            // As Outboxes.send
            long claimed = engine.overflowing(home) ? ClaimRing.FULL : engine.laneRings()[home].claim(bytes);
            if (claimed <= 0) {
                if (claimed == ClaimRing.FULL_PADDED) {
                    engine.published(home);
                }
                engine.spill(turn, home, record, bytes);
                return;
            }
            if (homeLane(record, lane) == home) {
                copy(home, record, claimed, bytes);
                engine.published(home);
                return;
            }
            ClaimRing.abort(claimed, bytes);
            engine.published(home);
        }
    }

    /** Everything but the first length, then that (release): the drainer stops at the first record until all are there. */
    void copy(int lane, long from, long to, int bytes) {
        try {
            Mem.putInt(to + RecordDescriptor.TYPE_OFFSET, Mem.getInt(from + RecordDescriptor.TYPE_OFFSET));
            Mem.copy(from + 8, to + 8, bytes - 8L);
        } catch (Throwable e) {
            // A stack that ends here: an open claim would stop the shard for everybody (R11)
            ClaimRing.abort(to, bytes);
            engine.published(lane);
            throw e;
        }
        ClaimRing.commit(to, Mem.getInt(from));
    }
}
