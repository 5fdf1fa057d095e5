package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** verify, show and replay on a journal that the demonstration wrote, on the Java engine. */
class JournalCommandsTest {
    private static final String APP = "org.talaria.examples.flights.FlightsReplay";
    private static final String FLIGHTS = """
            date,origin,destination,distance_miles,delay_minutes
            2001-01-01T06:20,BNA,MCI,491,5
            2001-01-01T06:21,MCI,LAX,1363,-1
            2001-01-01T06:22,BNA,LAX,1797,-3
            """;

    @TempDir
    private static Path folder;

    private static Path journal;

    @TempDir
    private Path own;

    @BeforeAll
    static void fly() throws Exception {
        journal = folder.resolve("journal");
        Path input = Files.writeString(folder.resolve("flights.csv"), FLIGHTS);
        Tool demo = Tool.run(
                "demo",
                "--engine",
                "java",
                "--input",
                input,
                "--journal",
                journal,
                "--output",
                folder.resolve("out.csv"),
                "--json");
        assertEquals(0, demo.exitCode());
    }

    private static Tool ok(Object... args) {
        Tool tool = Tool.run(args);
        assertEquals(0, tool.exitCode(), tool.err() + tool.out());
        assertEquals("", tool.err());
        return tool;
    }

    @Test
    void verifyProves() {
        assertTrue(ok("verify", journal).out().startsWith("proved: "));
        String json = ok("verify", journal, "--json").out();
        assertTrue(json.startsWith("{\"result\":\"proved\",\"exit_code\":0,\"figures\":{\"epochs\":1,"), json);
        assertEquals(1, json.lines().count());
    }

    @Test
    void verifyRefutesAFlippedByte() throws Exception {
        Path copy = own.resolve("copy");
        copy(journal, copy);
        try (Stream<Path> files = Files.walk(copy);
                RandomAccessFile file = new RandomAccessFile(
                        files.filter(path -> path.toString().endsWith(".cq4"))
                                .findFirst()
                                .orElseThrow()
                                .toFile(),
                        "rw")) {
            byte[] all = new byte[(int) file.length()];
            file.readFully(all);
            int at = lastIndexOf(all, "BNA".getBytes(StandardCharsets.UTF_8));
            file.seek(at);
            file.write('b');
        }
        Tool tool = Tool.run("verify", copy);
        assertEquals(1, tool.exitCode(), tool.out());
        assertTrue(tool.out().startsWith("refuted: "), tool.out());
        assertTrue(Tool.run("verify", copy, "--json").out().contains("\"result\":\"refuted\",\"exit_code\":1"));
    }

    @Test
    void showPrintsDecodedFields() {
        List<String> lines = ok("show", journal, "--endpoint", "airport-BNA", "--type", "Departure")
                .out()
                .lines()
                .toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(
                lines.get(0).contains("-> airport-BNA")
                        && lines.get(0).contains("MCI")
                        && lines.get(0).contains("491"),
                lines.get(0));
        String json = ok("show", journal, "--endpoint", "airport-BNA", "--type", "Departure", "--limit", "1", "--json")
                .out();
        assertTrue(json.contains("\"delayMinutes\":5"), json);
        assertEquals(1, json.lines().count());
    }

    @Test
    void showWalksTheChainOfCauses() {
        String answer = ok("show", journal, "--type", "RouteAnswer", "--limit", "1", "--json")
                .out();
        String id = answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        List<String> chain =
                ok("show", journal, "--causes-of", id).out().lines().toList();
        assertEquals(3, chain.size(), chain.toString());
        assertTrue(chain.get(0).contains("RouteAnswer") && chain.get(1).contains("RouteDeparture"), chain.toString());
        assertTrue(chain.get(2).contains("Departure"), chain.toString());
    }

    @Test
    void showRefusesWhatIsNoIdAndNoTime() {
        for (String[] args : List.of(
                new String[] {"--causes-of", "seven"},
                new String[] {"--from", "noon"},
                new String[] {"--limit", "0"},
                new String[] {"--epoch", "9"})) {
            Tool tool = Tool.run("show", journal, args[0], args[1]);
            assertEquals(2, tool.exitCode(), args[0]);
            assertEquals(1, tool.err().lines().count(), tool.err());
        }
    }

    /** A slip in a name is not "nothing was sent". */
    @Test
    void showNamesWhatThereIsWhereANameIsUnknown() {
        Tool endpoint = Tool.run("show", journal, "--endpoint", "airport-QQQ");
        assertEquals(2, endpoint.exitCode());
        assertTrue(endpoint.err().contains("airport-BNA"), endpoint.err());
        Tool type = Tool.run("show", journal, "--type", "Departur");
        assertEquals(2, type.exitCode());
        assertTrue(type.err().contains("Departure"), type.err());
        assertEquals(1, type.err().lines().count(), type.err());
    }

    @Test
    void showFiltersByTime() {
        for (String[] span : new String[][] {{"--to", "1990-01-01T00:00:00Z"}, {"--from", "2190-01-01T00:00"}}) {
            Tool none = Tool.run("show", journal, span[0], span[1]);
            assertEquals(0, none.exitCode());
            assertEquals("", none.out());
            assertEquals(
                    "talaria show: no message of the journal fits", none.err().strip());
        }
        assertFalse(ok("show", journal, "--from", "1990-01-01T00:00:00Z").out().isEmpty());
    }

    @Test
    void replayIsEqual() {
        assertTrue(ok("replay", journal, "--app", APP).out().startsWith("equal: "));
        String json = ok("replay", journal, "--app", APP, "--json").out();
        assertTrue(json.startsWith("{\"equal\":true,\"complete\":true,"), json);
        assertTrue(json.contains("\"airport-BNA\":\""), json);
    }

    @Test
    void replayOfOneEndpointComesToTheSameState() {
        String state = "(?s).*\"airport-BNA\":\"([^\"]+)\".*";
        String all = ok("replay", journal, "--app", APP, "--json").out().replaceAll(state, "$1");
        assertEquals(
                all,
                ok("replay", journal, "--app", APP, "--endpoint", "airport-BNA", "--json")
                        .out()
                        .replaceAll(state, "$1"));
    }

    @Test
    void replayTellsOtherHandlersApart() {
        Tool tool = Tool.run("replay", journal, "--app", ForgetfulFlights.class.getName());
        assertEquals(1, tool.exitCode(), tool.err());
        assertTrue(tool.out().startsWith("NOT equal: "), tool.out());
        assertTrue(tool.out().contains("not sent: collector "), tool.out());
        String json = Tool.run("replay", journal, "--app", ForgetfulFlights.class.getName(), "--json")
                .out();
        assertTrue(json.startsWith("{\"equal\":false,"), json);
    }

    @Test
    void replayStepsUntilItIsTold() {
        Tool tool = Tool.typing("\nq\n", "replay", journal, "--app", APP, "--step");
        assertEquals(0, tool.exitCode(), tool.err());
        assertTrue(tool.out().contains("ended before the end"), tool.out());
        assertEquals(2, tool.out().lines().filter(line -> line.contains(" -> ")).count(), tool.out());
    }

    @Test
    void replayNamesWhatIsWrong() {
        for (Object[] args : List.<Object[]>of(
                new Object[] {"replay", journal},
                new Object[] {"replay", journal, "--app", "org.talaria.None"},
                new Object[] {"replay", journal, "--app", "java.lang.String"},
                new Object[] {"replay", journal, "--app", APP, "--classpath", own.resolve("none.jar")},
                new Object[] {"replay", journal, "--app", APP, "--endpoint", "airport-ZZZ"},
                new Object[] {"replay", journal, "--app", APP, "--library", "routes=" + own.resolve("none.so")},
                new Object[] {"replay", journal, "--app", APP, "--pace", "-1"},
                new Object[] {"replay", own, "--app", APP})) {
            Tool tool = Tool.run(args);
            assertEquals(2, tool.exitCode(), tool.err());
            assertEquals(1, tool.err().lines().count(), tool.err());
            assertEquals("", tool.out());
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static int lastIndexOf(byte[] all, byte[] wanted) {
        int at = all.length - wanted.length;
        while (!Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
            at--;
        }
        return at;
    }
}
