package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** R11: a stack that ends within a send ends it before the claim, or behind the commit; never with the claim open, which would stop the shard for everybody. */
class EndOfStackTest {
    @BothEngines(seconds = 60)
    void aShardOutlivesSendsAtTheEndOfAStack(Fabric fabric) throws Exception {
        // Interpreted: each call is a frame of its own, and the stack may end at any
        try (ChildJvm child =
                ChildJvm.start(List.of("-Xint"), EndOfStack.class, fabric.kind().name())) {
            List<String> lines = child.rest();
            assertEquals(0, child.exitCode(), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("alive ")), lines::toString);
        }
    }
}
