package org.talaria.tests.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.talaria.internal.memory.Mem;

/** Two producers, two records, each whole and in a place of its own. */
@JCStressTest
@Outcome(id = "110, 3, 32", expect = Expect.ACCEPTABLE, desc = "both, whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost or overwritten")
@State
public class ClaimsDoNotOverlap extends RingState {
    @Actor
    public void first() {
        send(1, 100);
    }

    @Actor
    public void second() {
        send(2, 10);
    }

    @Arbiter
    public void count(JJJ_Result result) {
        for (int at = 0; at < 32; at += 16) {
            result.r1 += Mem.getLong(memory + at + 8);
            result.r2 += Mem.getInt(memory + at + 4);
        }
        result.r3 = ring.tail();
    }
}
