package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.examples.flights.actor.AirportActor;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.journal.Journal;

/** What replay leaves out, how fast it goes, and which handler library it takes. */
class ReplayCommandTest {
    private static final String APP = "org.talaria.examples.flights.FlightsReplay";
    private static final int ARRIVALS = 5;
    private static final Duration APART = Duration.ofMillis(100);
    private static final String FLIGHTS = """
            date,origin,destination,distance_miles,delay_minutes
            2001-01-01T06:20,BNA,MCI,491,5
            2001-01-01T06:21,MCI,BNA,491,-1
            """;

    @TempDir
    private static Path folder;

    private static Path journal;

    @TempDir
    private Path own;

    /** An arrival at each of two airports, then the clock moves on; and so on. */
    @BeforeAll
    static void write() {
        journal = folder.resolve("journal");
        // An origin of its own: times are told from when the engine was opened
        AtomicLong ahead = new AtomicLong(APART.toNanos());
        try (Talaria talaria = Talaria.open(config().engine(EngineKind.JAVA)
                .invoker()
                .clock(ahead::get)
                .shards(2)
                .journal(Journal.at(journal)))) {
            List<ActorRef<AirportMessage>> airports = List.of(
                    talaria.actor("airport-BNA", AirportMessage.class, message -> {}),
                    talaria.actor("airport-MCI", AirportMessage.class, message -> {}));
            for (int i = 0; i < ARRIVALS; i++) {
                airports.forEach(airport -> airport.tell(new Arrival("LAX", 0)).orThrow());
                while (talaria.stats().inFlight() > 0) {
                    talaria.invoke();
                }
                ahead.addAndGet(APART.toNanos());
            }
        }
    }

    private static String ok(Object... args) {
        Tool tool = Tool.run(args);
        assertEquals(0, tool.exitCode(), tool.err() + tool.out());
        assertEquals("", tool.err());
        return tool.out();
    }

    private static int messages(Object... more) {
        List<Object> args = new ArrayList<>(List.of("replay", journal, "--app", APP, "--json"));
        args.addAll(Arrays.asList(more));
        return Integer.parseInt(ok(args.toArray()).replaceAll("(?s).*\"messages\":(\\d+).*", "$1"));
    }

    /** When an airport handled each of its arrivals, as show prints it. */
    private static List<String> times(String airport) {
        List<String> times = ok("show", journal, "--endpoint", airport, "--json")
                .lines()
                .map(line -> line.replaceAll(".*\"time\":\"([^\"]+)\".*", "$1"))
                .toList();
        assertEquals(ARRIVALS, times.size(), times.toString());
        return times;
    }

    @Test
    void feedsWhatWasHandledFromThenOn() {
        List<String> times = times("airport-BNA");
        assertEquals(ARRIVALS * 2, messages());
        for (int i = 0; i < ARRIVALS; i++) {
            // At that time itself: from includes it, to does not.
            assertEquals(ARRIVALS - i, messages("--endpoint", "airport-BNA", "--from", times.get(i)));
            assertEquals(i, messages("--endpoint", "airport-BNA", "--to", times.get(i)));
        }
        assertEquals(2, messages("--endpoint", "airport-BNA", "--from", times.get(1), "--to", times.get(3)));
        assertEquals(0, messages("--from", "2190-01-01T00:00:00Z"));
        assertEquals(ARRIVALS * 2, messages("--to", "2190-01-01T00:00:00Z"));
    }

    /** Whatever the origin of the engine's clock. */
    @Test
    void timesAreOfTheDay() {
        Instant told = Instant.parse(times("airport-BNA").get(0));
        Duration off = Duration.between(told, Instant.now()).abs();
        assertTrue(off.compareTo(Duration.ofHours(1)) < 0, () -> "told as " + told);
    }

    /** The state is that of the arrivals that were fed. */
    @Test
    void statesAreOfWhatWasFed() throws Exception {
        String from = times("airport-BNA").get(3);
        String state = "(?s).*\"airport-BNA\":\"([^\"]+)\".*";
        String part = ok("replay", journal, "--app", APP, "--from", from, "--json");
        assertEquals(hash(ARRIVALS - 3), part.replaceAll(state, "$1"));
        String all = ok("replay", journal, "--app", APP, "--json");
        assertEquals(hash(ARRIVALS), all.replaceAll(state, "$1"));
    }

    private static String hash(int arrivals) throws Exception {
        AirportActor actor = new AirportActor("BNA", null);
        for (int i = 0; i < arrivals; i++) {
            actor.state().arrived(new Arrival("LAX", 0));
        }
        ByteBuffer state = ByteBuffer.allocate(1_024);
        actor.write(state);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(state.flip());
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void feedsOneEndpoint() {
        assertEquals(ARRIVALS, messages("--endpoint", "airport-MCI"));
        assertEquals(ARRIVALS * 2, messages("--endpoint", "airport-MCI", "--endpoint", "airport-BNA"));
        String json = ok("replay", journal, "--app", APP, "--endpoint", "airport-MCI", "--json");
        assertTrue(json.contains("\"airport-MCI\":\"") && !json.contains("\"airport-BNA\":\""), json);
    }

    /** Recorded time is never too short; how long it takes beyond that is nobody's promise. */
    @Test
    void letsRecordedTimePass() {
        long recorded = APART.toNanos() * (ARRIVALS - 1);
        assertTrue(took("--pace") >= recorded);
        assertTrue(took("--pace", "2") >= recorded / 2);
        assertTrue(took("--pace=0.8") >= recorded / 0.8);
    }

    private static long took(Object... pace) {
        long start = System.nanoTime();
        assertEquals(ARRIVALS * 2, messages(pace));
        return System.nanoTime() - start;
    }

    /** A library that was built again is another one; which file to take instead may be said in three ways. */
    @Test
    @Tag("native")
    void takesTheLibraryOfTheRunOnly() throws Exception {
        Path live = own.resolve("native");
        Path input = Files.writeString(own.resolve("flights.csv"), FLIGHTS);
        ok(
                "demo",
                "--engine",
                "native",
                "--input",
                input,
                "--journal",
                live,
                "--output",
                own.resolve("out.csv"),
                "--json");
        String equal = ok("replay", live, "--app", APP, "--json");
        assertTrue(equal.contains("\"routes\":\""), "the C++ handler has a state: " + equal);
        Path library = live.resolve("handlers").resolve(System.mapLibraryName("flights"));
        Path moved = Files.copy(library, own.resolve("moved.so"));

        Files.write(library, new byte[] {0}, StandardOpenOption.APPEND);
        refused(live, library, "its SHA-256 is ");
        Files.delete(library);
        refused(live, library, "cannot be read");

        for (String name : List.of("routes=", library.getFileName() + "=", library + "=", "")) {
            assertEquals(equal, ok("replay", live, "--app", APP, "--json", "--library", name + moved), name);
        }
        Tool other = Tool.run("replay", live, "--app", APP, "--library", "airport-BNA=" + moved);
        assertEquals(2, other.exitCode());
        assertTrue(other.err().contains("the journal has no C++ endpoint or library airport-BNA"), other.err());
    }

    private static void refused(Path journal, Path library, String why) {
        Tool tool = Tool.run("replay", journal, "--app", APP);
        assertEquals(2, tool.exitCode(), tool.out());
        assertEquals("", tool.out());
        assertEquals(1, tool.err().lines().count(), tool.err());
        for (String word : List.of(library.toString(), "routes", why, "--library")) {
            assertTrue(tool.err().contains(word), tool.err());
        }
    }
}
