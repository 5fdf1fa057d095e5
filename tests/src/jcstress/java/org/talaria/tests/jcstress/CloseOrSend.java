package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.ring.ClaimRing;

/** R15 and R28: the home word is read again behind the claim; close writes it and then reads the tail. What is accepted lies below that tail. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "accepted after the last drain")
@Outcome(expect = Expect.ACCEPTABLE, desc = "refused, or below the tail")
@State
public class CloseOrSend extends RingState {
    private static final long LIVE = 1;
    private static final long CLOSED = 3;

    /** The endpoint is alive. */
    public CloseOrSend() {
        Mem.putLongVolatile(home, LIVE);
    }

    @Actor
    public void sender(ZZ_Result result) {
        if (Mem.getLongVolatile(home) != LIVE) {
            return;
        }
        long record = ring.claim(16);
        if (Mem.getLongVolatile(home) != LIVE) {
            ClaimRing.abort(record, 16);
            return;
        }
        write(record, 7, 42);
        result.r1 = true;
    }

    @Actor
    public void closer(ZZ_Result result) {
        Mem.putLongVolatile(home, CLOSED);
        result.r2 = ring.tail() > 0;
    }
}
