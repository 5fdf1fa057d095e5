package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;

/** R6: a worker joins the parked set and looks once more; a producer sets READY and looks at the set. One of them sees the other. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "parks, and nobody wakes it")
@Outcome(expect = Expect.ACCEPTABLE, desc = "one saw the other")
@State
public class ParkedOrLooking extends RingState {
    @Actor
    public void producer(ZZ_Result result) {
        send(7, 42);
        board.published();
        result.r1 = woken;
    }

    @Actor
    public void worker(ZZ_Result result) {
        Mem.getAndOrLong(parked, 1);
        result.r2 = Mem.getIntVolatile(state) == ShardDescriptor.STATE_READY;
    }
}
