package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WaiterDescriptor;

/** R25: reply, failure and time-out fight for a waiter: exactly one wins, and one of an older generation never does. */
@JCStressTest
@Outcome(id = {"true, false, false", "false, true, false"}, expect = Expect.ACCEPTABLE, desc = "one of the two")
@Outcome(expect = Expect.FORBIDDEN, desc = "both, none, or a stale one")
@State
public class OneReplyWins {
    private final long slot = Slab.slot();

    /** Generation 2 waits. */
    public OneReplyWins() {
        Mem.putLongVolatile(slot, WaiterDescriptor.word(2, WaiterDescriptor.OPEN));
    }

    private boolean win(int generation, long word) {
        return Mem.casLong(slot, WaiterDescriptor.word(generation, WaiterDescriptor.OPEN), word);
    }

    @Actor
    public void replier(ZZZ_Result result) {
        result.r3 = win(1, WaiterDescriptor.word(1, WaiterDescriptor.WRITING));
        result.r1 = win(2, WaiterDescriptor.word(2, WaiterDescriptor.WRITING));
    }

    @Actor
    public void timeOut(ZZZ_Result result) {
        result.r2 = win(2, WaiterDescriptor.word(3, WaiterDescriptor.OPEN));
    }
}
