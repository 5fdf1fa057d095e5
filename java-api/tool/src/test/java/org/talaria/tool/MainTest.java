package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    private Path folder;

    /** What a delegate looks like. */
    public static final class Echo {
        private Echo() {}

        /** @return the number of arguments */
        public static int run(String... args) {
            if (args.length > 2) {
                throw new IllegalStateException("too many");
            }
            return args.length;
        }
    }

    /** Another one. */
    public static final class Quiet {
        private static int arguments;

        private Quiet() {}

        /** Remembers how many there were. */
        public static void main(String[] args) {
            arguments = args.length;
        }
    }

    @Test
    void helpNamesEveryCommand() {
        for (Tool tool : List.of(Tool.run(), Tool.run("--help"), Tool.run("help"))) {
            assertEquals(0, tool.exitCode());
            for (String command :
                    List.of("demo", "verify", "replay", "show", "top", "errors", "dump", "settings", "bench", "help")) {
                assertTrue(tool.out().contains(command), command);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "replay", "show"})
    void everyCommandHasHelp(String command) {
        Tool tool = Tool.run(command, "--help");
        assertEquals(0, tool.exitCode());
        assertTrue(tool.out().contains("Usage: talaria " + command), tool.out());
        assertTrue(tool.out().contains("JOURNAL"), tool.out());
        assertEquals(tool.out(), Tool.run("help", command).out());
    }

    @Test
    void tellsItsVersion() {
        Tool tool = Tool.run("--version");
        assertEquals(0, tool.exitCode());
        assertTrue(tool.out().matches("talaria \\d+\\.\\d+.*\\R(?s).*Java .*"), tool.out());
    }

    @Test
    void wrongUsageEndsWithTwoAndOneLine() {
        for (String[] args : List.of(
                new String[] {"fly"},
                new String[] {"verify"},
                new String[] {"verify", "a", "b"},
                new String[] {"verify", "a", "--offenders", "none"},
                new String[] {"verify", "a", "--offenders", "0"},
                new String[] {"show"},
                new String[] {"replay", "--colour"},
                new String[] {"settings", "workers"})) {
            Tool tool = Tool.run((Object[]) args);
            assertEquals(2, tool.exitCode(), String.join(" ", args));
            assertEquals(1, tool.err().lines().count(), tool.err());
            assertTrue(tool.err().startsWith("talaria"), tool.err());
            assertEquals("", tool.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "show"})
    void aMissingJournalEndsWithTwo(String command) {
        Tool tool = Tool.run(command, folder.resolve("none"));
        assertEquals(2, tool.exitCode());
        assertTrue(tool.err().contains("no journal at"), tool.err());
        assertEquals(1, tool.err().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "show"})
    void aFolderThatIsNoJournalEndsWithTwo(String command) {
        Tool tool = Tool.run(command, folder);
        assertEquals(2, tool.exitCode());
        assertTrue(tool.err().contains("is no journal"), tool.err());
        assertEquals(1, tool.err().lines().count(), tool.err());
    }

    @Test
    void aFileIsNoJournal() throws Exception {
        Tool tool = Tool.run("verify", Files.createFile(folder.resolve("file")));
        assertEquals(2, tool.exitCode());
        assertTrue(tool.err().contains("is no folder"), tool.err());
    }

    @Test
    void delegatesAreCalledByName() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(2, Delegates.call("echo", Echo.class.getName(), err, "a", "b"));
        assertEquals("", bytes.toString(StandardCharsets.UTF_8));
        assertEquals(0, Delegates.call("quiet", Quiet.class.getName(), err, "a", "b", "c"));
        assertEquals(3, Quiet.arguments);
        assertEquals(70, Delegates.call("echo", Echo.class.getName(), err, "a", "b", "c"));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("too many"));
        bytes.reset();
        assertEquals(70, Delegates.call("echo", "org.talaria.None", err));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("org.talaria.None is not on the class path"));
        bytes.reset();
        assertEquals(70, Delegates.call("echo", String.class.getName(), err));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("has neither run nor main"));
    }

    @Test
    void theDemonstrationIsThere() {
        assertTrue(Delegates.knows("demo"));
        assertTrue(Delegates.knows("bench"));
        assertFalse(Delegates.knows("verify"));
        assertEquals(2, Tool.run("demo", "--repeat", "0").exitCode());
    }
}
