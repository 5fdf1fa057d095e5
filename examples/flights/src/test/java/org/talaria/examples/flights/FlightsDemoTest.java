package org.talaria.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the same on both engines: run on the Java engine, which every build has. */
class FlightsDemoTest {
    private static final String HEADER = "date,origin,destination,distance_miles,delay_minutes\n";
    private static final String SMALL = HEADER
            + "2001-01-01T06:20,BNA,MCI,491,5\n2001-01-01T06:21,MCI,LAX,1363,-1\n2001-01-01T06:22,BNA,LAX,1797,-3\n2001-01-01T06:23,BNA,BNA,0,10\n";
    private static final String SMALL_OUTPUT = """
            airport,departures,arrivals,delay_minutes_sum,delay_minutes_min,delay_minutes_max,departure_order_hash
            BNA,3,1,12,-3,10,4722
            LAX,0,2,,,,0
            MCI,1,1,-1,-1,-1,4294967295
            """;

    @TempDir
    private Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void name() {
        input = folder.resolve("flights.csv");
        output = folder.resolve("out").resolve("airports.csv");
    }

    private Demo run(String text, Object... more) throws Exception {
        Files.writeString(input, text);
        Object[] args = new Object[more.length + 6];
        Object[] first = {"--engine", "java", "--input", input, "--output", output};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        return Demo.run(args);
    }

    @Test
    void writesWhatWasComputedByHand() throws Exception {
        Demo demo = run(SMALL);
        assertEquals(0, demo.exitCode(), demo.err());
        assertEquals("", demo.err());
        assertEquals(SMALL_OUTPUT, Files.readString(output));
        assertFalse(Files.exists(output.resolveSibling("rejects.csv")));
    }

    @Test
    void reportsForPeople() throws Exception {
        String out = run(SMALL).out();
        for (String told : List.of(
                "Busiest airports",
                "Worst routes",
                "messages/s",
                "p50",
                "p99",
                "Journal",
                "order proved",
                "replay equal",
                "Nashville")) {
            assertTrue(out.contains(told), told + " is not in\n" + out);
        }
    }

    @Test
    void reportsForPrograms() throws Exception {
        String out = run(SMALL, "--json").out();
        assertTrue(
                out.startsWith("{\"input\":")
                        && out.endsWith("}\n")
                        && out.lines().count() == 1,
                out);
        for (String told : List.of(
                "\"flights\":4",
                "\"order_proved\":true",
                "\"replay_equal\":true",
                "\"call_p50_ns\":",
                "\"journal_bytes\":",
                "\"airport\":\"BNA\"")) {
            assertTrue(out.contains(told), told + " is not in\n" + out);
        }
    }

    @Test
    void theHashGoesOnWithEachRepetition() throws Exception {
        assertEquals(0, run(SMALL, "--repeat", "3").exitCode());
        assertEquals(Reference.of(SMALL.lines().skip(1).toList(), 3), Files.readString(output));
    }

    @Test
    void malformedLinesGoToRejectsBesideTheOutput() throws Exception {
        Demo demo = run(SMALL + "\nnonsense\n2001-02-30T06:20,BNA,MCI,491,5\n");
        assertEquals(0, demo.exitCode(), demo.err());
        assertEquals(SMALL_OUTPUT, Files.readString(output));
        assertEquals(
                "line,reason\n7,missing column: 1 of 5\n8,\"impossible date: \"\"2001-02-30T06:20\"\", wanted is one such as 2001-01-31T06:20\"\n",
                Files.readString(output.resolveSibling("rejects.csv")));
        assertTrue(demo.out().contains("2 malformed lines"), demo.out());
    }

    @Test
    void strictEndsWithThree() throws Exception {
        assertEquals(3, run(SMALL + "nonsense\n", "--strict").exitCode());
        assertEquals(SMALL_OUTPUT, Files.readString(output));
        assertEquals(0, run(SMALL, "--strict").exitCode());
        assertFalse(Files.exists(output.resolveSibling("rejects.csv")));
    }

    @Test
    void aFileWithoutFlightsIsNoFault() throws Exception {
        Demo demo = run(HEADER);
        assertEquals(0, demo.exitCode(), demo.err());
        assertEquals(1, Files.readAllLines(output).size());
    }

    @Test
    void aMissingInputEndsWithTwoAndOneLine() {
        Demo demo = Demo.run("--input", folder.resolve("none.csv"), "--output", output);
        assertEquals(2, demo.exitCode());
        assertEquals("", demo.out());
        assertEquals(1, demo.err().lines().count());
        assertTrue(demo.err().contains("none.csv: no such file"), demo.err());
        assertFalse(Files.exists(output));
    }

    @Test
    void anInputWithoutItsColumnsEndsWithTwo() throws Exception {
        Demo demo = run("a,b\n1,2\n");
        assertEquals(2, demo.exitCode());
        assertTrue(demo.err().contains("no column date, origin"), demo.err());
    }

    @Test
    void wrongUsageEndsWithTwoAndOneLine() {
        for (String[] args : List.of(
                new String[] {"--repeat", "0"},
                new String[] {"--repeat", "many"},
                new String[] {"--workers", "33"},
                new String[] {"--engine", "steam"},
                new String[] {"--colour"},
                new String[] {"flights.csv"})) {
            Demo demo = Demo.run((Object[]) args);
            assertEquals(2, demo.exitCode(), String.join(" ", args));
            assertEquals(1, demo.err().lines().count(), demo.err());
            assertTrue(demo.err().startsWith("talaria demo: "), demo.err());
        }
    }

    @Test
    void overwritesNoInput() throws Exception {
        Files.writeString(input, SMALL);
        assertEquals(2, Demo.run("--input", input, "--output", input).exitCode());
        Path rejects = Files.writeString(folder.resolve("rejects.csv"), SMALL);
        assertEquals(
                2,
                Demo.run("--input", rejects, "--output", folder.resolve("out.csv"))
                        .exitCode());
        assertEquals(2, Demo.run("--input", input, "--output", rejects).exitCode());
        assertEquals(SMALL, Files.readString(input));
        assertEquals(SMALL, Files.readString(rejects));
    }

    @Test
    void anOutputThatIsAFolderEndsWithTwo() {
        Demo demo = Demo.run("--output", folder);
        assertEquals(2, demo.exitCode());
        assertTrue(demo.err().contains("is a folder"), demo.err());
    }

    @Test
    void aGivenJournalStays() throws Exception {
        Path journal = folder.resolve("journal");
        Demo demo = run(SMALL, "--journal", journal);
        assertEquals(0, demo.exitCode(), demo.err());
        assertTrue(demo.out().contains(journal.toString()), demo.out());
        assertTrue(Files.exists(journal.resolve("talaria-journal")));
        Demo again = run(SMALL, "--journal", journal);
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("holds files already"), again.err());
    }

    @Test
    void showsItsHelp() {
        Demo demo = Demo.run("--help");
        assertEquals(0, demo.exitCode());
        for (String option : List.of(
                "--input", "--repeat", "--output", "--engine", "--workers", "--journal", "--json", "--strict")) {
            assertTrue(demo.out().contains(option), option);
        }
    }
}
