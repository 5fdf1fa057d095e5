package org.talaria.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;

@Timeout(60)
class ResidentTest {
    private static Trial times(int payload) {
        return operations -> Timing.of(payload * 1.5, operations);
    }

    @Test
    void aLineIsATrial() {
        assertEquals("24.0 1000", Resident.answer("16 1000", ResidentTest::times));
    }

    @Test
    void aTrialThatFailsSaysWhy() {
        String answer = Resident.answer("16 1000", payload -> operations -> {
            throw new IllegalStateException("messages were lost");
        });
        assertTrue(answer.startsWith("failed: ") && answer.contains("messages were lost"), answer);
    }

    @Test
    void aSideRunsInAProcessOfItsOwn() throws Exception {
        Side side = new Side("here", Duration.ZERO, () -> System.getProperty("java.class.path"));
        assertTrue(side.engine().startsWith("native") || side.engine().startsWith("java"), side.engine());
        assertTrue(side.trial(16).run(1_000).value() > 0);
        assertTrue(side.trial(64).run(1_000).value() > 0, "the same process again");
        IOException refused = assertThrows(IOException.class, () -> side.ask("16 many"), "a failed trial is none");
        assertTrue(refused.getMessage().startsWith("here failed: "), refused.getMessage());
        assertTrue(side.trial(16).run(1_000).value() > 0, "it goes on");
        side.close();
    }

    @Test
    void aSideThatEndsIsAnError() {
        Side side = new Side("elsewhere", Duration.ZERO, () -> "no-such-folder");
        IOException refused =
                assertThrows(IOException.class, () -> side.trial(16).run(1_000));
        assertTrue(refused.getMessage().contains("elsewhere: its process ended"), refused.getMessage());
    }
}
