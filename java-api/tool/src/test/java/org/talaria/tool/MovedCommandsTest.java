package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.journal.Journal;

/** What verify and show say of endpoints that have moved. */
class MovedCommandsTest {
    private static final int MOVES = 12;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        try (Talaria talaria =
                Talaria.open(config().engine(EngineKind.JAVA).shards(3).journal(Journal.at(folder)))) {
            ActorRef<AirportMessage> moves = airport(talaria, "airport-BNA");
            ActorRef<AirportMessage> often = airport(talaria, "airport-LAX");
            airport(talaria, "airport-MCI").tell(new Arrival("LAX", 0)).orThrow();
            for (int i = 0; i < MOVES; i++) {
                often.tell(new Arrival("BNA", i)).orThrow();
                assertTrue(talaria.move(often, (i + 1) % 3));
            }
            moves.tell(new Arrival("LAX", 1)).orThrow();
            assertTrue(talaria.move(moves, 2));
            moves.tell(new Arrival("LAX", 2)).orThrow();
            assertTrue(talaria.move(moves, 1));
            moves.tell(new Arrival("LAX", 3)).orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(30)));
        }
    }

    private static ActorRef<AirportMessage> airport(Talaria talaria, String name) {
        return talaria.with(ActorOptions.options().onShard(0)).actor(name, AirportMessage.class, message -> {});
    }

    private static List<String> lines(Object... args) {
        Tool tool = Tool.run(args);
        assertEquals(0, tool.exitCode(), tool.err() + tool.out());
        return tool.out().lines().toList();
    }

    @Test
    void verifyCountsMoves() {
        assertTrue(lines("verify", folder).get(0).contains("14 moves of endpoints"));
        assertTrue(lines("verify", folder, "--json").get(0).contains("\"moves\":14,"));
    }

    @Test
    void showSaysWhereAnEndpointLived() {
        List<String> moved = lines("show", folder, "--endpoint", "airport-BNA");
        assertEquals("epoch 1: airport-BNA moved 2 times, from shard 0 to 2 to 1", moved.get(0));
        assertEquals(4, moved.size(), moved.toString());
        for (int i = 1; i <= 3; i++) {
            assertTrue(moved.get(i).contains("minute=" + i), moved.toString());
        }
        assertEquals(
                "epoch 1: airport-LAX moved 12 times, from shard 0 to 1 to 2 to 0 to 1 to 2 to 0 to 1 to 2 to 0"
                        + " and so on, at last to 0",
                lines("show", folder, "--endpoint", "airport-LAX", "--epoch", "1")
                        .get(0));
    }

    /** A program gets messages, and nothing of one that never moved is said. */
    @Test
    void showSaysNothingElsewhere() {
        assertEquals(
                3, lines("show", folder, "--endpoint", "airport-BNA", "--json").size());
        assertEquals(1, lines("show", folder, "--endpoint", "airport-MCI").size());
        assertEquals(MOVES + 4, lines("show", folder).size());
    }
}
