package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/**
 * R11: a stack that ends within a send ends it before the claim, or behind the commit; never with the claim open, which would stop the shard for everybody. Interpreted, where each
 * call is a frame of its own, and compiled, where a call that is not inlined needs room of its own.
 */
class EndOfStackTest {
    private static final String INTERPRETED = "-Xint";
    private static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";
    private static final String COMPILED = "-XX:+UseSerialGC";

    private static void assertAlive(Fabric fabric, String mode, String way) throws Exception {
        String dives = mode.equals(INTERPRETED) ? "40" : "160";
        try (ChildJvm child = ChildJvm.start(
                List.of(mode, "-Xss512k"), EndOfStack.class, fabric.kind().name(), way, dives)) {
            List<String> lines = child.rest();
            assertEquals(0, child.exitCode(), () -> mode + ' ' + way + lines);
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("alive ")), () -> mode + ' ' + way + lines);
        }
    }

    @BothEngines(seconds = 60)
    void aShardOutlivesSendsAtTheEndOfAStack(Fabric fabric) throws Exception {
        assertAlive(fabric, INTERPRETED, "TELL");
        assertAlive(fabric, INTERPRETED, "CLAIM");
    }

    @BothEngines(seconds = 120)
    void aShardOutlivesBatchesAtTheEndOfAStack(Fabric fabric) throws Exception {
        assertAlive(fabric, COMPILED, "BATCH");
        assertAlive(fabric, COMPILED, "ALL");
        assertAlive(fabric, QUICKLY_COMPILED, "SOME");
        assertAlive(fabric, INTERPRETED, "ALL");
    }

    /** What its handler was about to send when the stack ended is a dead letter, or was never sent; it is no message of before. */
    @BothEngines(seconds = 120)
    void nothingComesTwiceBecauseAHandlersStackEnds(Fabric fabric) throws Exception {
        assertAlive(fabric, COMPILED, "HANDLER");
        assertAlive(fabric, INTERPRETED, "HANDLER");
    }
}
