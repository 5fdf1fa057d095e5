package org.talaria.tests.jcstress;

import org.talaria.internal.engine.BoardSteps;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * A ring, a state word, a parked set and a home word, as a shard has them. Claim, commit and look are the engine's own code; what the drainer does is told again here, as
 * its class wants a whole engine.
 */
class RingState {
    static final int CAPACITY = 128;

    final long memory = Slab.slot();
    final ClaimRing ring = new ClaimRing(memory, CAPACITY);
    final long state = memory + CAPACITY + 768;
    final long parked = state + 8;
    final long home = state + 16;
    final BoardSteps board = new BoardSteps(state, parked, state + 32, worker -> woken = true);

    /** Whether the producer took the worker out of the parked set and unparked it. */
    boolean woken;

    /** Claims, writes and commits one record of 8 bytes of payload. */
    final boolean send(int type, long payload) {
        long record = ring.claim(16);
        if (record <= 0) {
            return false;
        }
        write(record, type, payload);
        return true;
    }

    static void write(long record, int type, long payload) {
        ClaimRing.open(record, 16);
        Mem.putInt(record + 4, type);
        Mem.putLong(record + 8, payload);
        ClaimRing.commit(record, 16);
    }

    /** Whether a committed record lies at the head, below an acquired tail, as the drainer looks (R3). */
    final boolean something() {
        return ring.tail() > 0 && Mem.getIntVolatile(memory) > 0;
    }

    /** Leaves as the drainer does (R2): true if the shard went to IDLE. */
    final boolean leave() {
        if (!something() && Mem.casInt(state, ShardDescriptor.STATE_OWNED, ShardDescriptor.STATE_IDLE)) {
            return true;
        }
        Mem.getAndSetInt(state, ShardDescriptor.STATE_READY);
        return false;
    }
}
