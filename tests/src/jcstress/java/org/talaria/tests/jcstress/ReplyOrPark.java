package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WaiterDescriptor;

/** R25: the replier stores the signal and looks at notify, the waiter stores notify and looks at the signal. One of them sees the other. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "parks beside a reply, and nobody unparks it")
@Outcome(expect = Expect.ACCEPTABLE, desc = "one saw the other")
@State
public class ReplyOrPark {
    private final long slot = Slab.slot();

    @Actor
    public void replier(ZZ_Result result) {
        Mem.putLongOrdered(slot + WaiterDescriptor.SIGNAL_OFFSET, WaiterDescriptor.word(1, WaiterDescriptor.REPLIED));
        Mem.fullFence();
        result.r1 = Mem.getIntVolatile(slot + WaiterDescriptor.NOTIFY_OFFSET) == WaiterDescriptor.NOTIFY_PARKED;
    }

    @Actor
    public void waiter(ZZ_Result result) {
        Mem.putIntVolatile(slot + WaiterDescriptor.NOTIFY_OFFSET, WaiterDescriptor.NOTIFY_PARKED);
        result.r2 = Mem.getLongVolatile(slot + WaiterDescriptor.SIGNAL_OFFSET)
                == WaiterDescriptor.word(1, WaiterDescriptor.REPLIED);
    }
}
