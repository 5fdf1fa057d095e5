package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;

/**
 * A producer commits while a drainer takes the READY shard, finds nothing and leaves: the record is seen, or the shard is READY again. The first two faults of the
 * first draft: without the fence the producer reads READY from before the take while its record is still in the store buffer.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "left IDLE beside a record, and nobody is told")
@Outcome(expect = Expect.ACCEPTABLE, desc = "seen, or READY")
@State
public class NoWakeUpIsLost extends RingState {
    /** READY for a record that was drained before: there is nothing. */
    public NoWakeUpIsLost() {
        Mem.putIntVolatile(state, ShardDescriptor.STATE_READY);
    }

    @Actor
    public void producer() {
        send(7, 42);
        board.published();
    }

    @Actor
    public void drainer(ZZ_Result result) {
        // R2: take, then look
        boolean taken = Mem.casInt(state, ShardDescriptor.STATE_READY, ShardDescriptor.STATE_OWNED);
        result.r1 = taken && leave();
    }

    @Arbiter
    public void after(ZZ_Result result) {
        result.r2 = something() && (Mem.getIntVolatile(state) & ShardDescriptor.STATE_READY) == 0;
    }
}
