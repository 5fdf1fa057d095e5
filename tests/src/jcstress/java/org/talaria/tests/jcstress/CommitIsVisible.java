package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.talaria.internal.memory.Mem;

/** Who sees the length sees the record: type and payload. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not yet committed")
@Outcome(id = "7, 42", expect = Expect.ACCEPTABLE, desc = "committed and whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "visible before its bytes")
@State
public class CommitIsVisible extends RingState {
    @Actor
    public void producer() {
        send(7, 42);
    }

    @Actor
    public void drainer(JJ_Result result) {
        if (Mem.getIntVolatile(memory) > 0) {
            result.r1 = Mem.getInt(memory + 4);
            result.r2 = Mem.getLong(memory + 8);
        }
    }
}
