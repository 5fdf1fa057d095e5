package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.talaria.journal.Fault;
import org.talaria.journal.read.RecordView;

/** verify refutes every fault that was seeded: exit 1, and the offender is named, for a person and for a program. */
class VerifyCommandTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() {
        Fault.healthy(shared.resolve("healthy"));
    }

    @Test
    void provesWhatIsHealthy() {
        Tool tool = Tool.run("verify", shared.resolve("healthy"));
        assertEquals(0, tool.exitCode(), tool.out());
        assertTrue(tool.out().startsWith("proved: "), tool.out());
    }

    @ParameterizedTest
    @EnumSource
    void refutesAndNames(Fault fault) throws IOException {
        Fault.Seeded seeded = fault.seed(shared.resolve("healthy"), folder);
        Tool tool = Tool.run("verify", folder, "--offenders", "100");
        assertEquals(1, tool.exitCode(), tool.out());
        assertEquals("", tool.err());
        assertTrue(tool.out().startsWith("refuted: "), tool.out());
        String named =
                switch (fault) {
                    // What a damaged excerpt says is not believed: only its place is named.
                    case FLIPPED_BYTE -> "segment 1, ";
                    case OVERLAPPING_TURNS, GAP -> String.valueOf(seeded.position());
                    default -> RecordView.id(seeded.recordId());
                };
        assertTrue(
                tool.out()
                        .lines()
                        .skip(1)
                        .anyMatch(line -> line.contains(seeded.check().name()) && line.contains(named)),
                () -> named + " is not named: " + tool.out());
    }

    @ParameterizedTest
    @EnumSource
    void refutesForAProgram(Fault fault) throws IOException {
        fault.seed(shared.resolve("healthy"), folder);
        Tool tool = Tool.run("verify", folder, "--json", "--offenders", "1");
        assertEquals(1, tool.exitCode(), tool.out());
        assertTrue(tool.out().startsWith("{\"result\":\"refuted\",\"exit_code\":1,"), tool.out());
        assertEquals(1, tool.out().split("\"check\":", -1).length - 1, "one offender was asked for: " + tool.out());
    }
}
