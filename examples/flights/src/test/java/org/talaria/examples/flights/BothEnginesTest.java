package org.talaria.examples.flights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.examples.flights.actor.Names;
import org.talaria.examples.flights.input.BuiltIn;

/** The real flights, against a computation that shares no code with the demonstration. */
class BothEnginesTest {
    @TempDir
    private Path folder;

    private void assertIsReference(int repeat, Object... more) throws Exception {
        Path output = folder.resolve("airports.csv");
        Object[] args = new Object[more.length + 5];
        Object[] first = {"--output", output, "--repeat", repeat, "--strict"};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        Demo demo = Demo.run(args);
        assertEquals(0, demo.exitCode(), demo.err());
        assertEquals(Reference.ofBuiltIn(repeat), Files.readString(output));
        assertTrue(demo.out().contains("order proved") && demo.out().contains("replay equal"), demo.out());
    }

    private Map<String, byte[]> states(EngineKind engine) throws Exception {
        DemoOptions options = new DemoOptions(null, 1, null, engine, 0, folder.resolve(engine.name()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (Progress progress = new Progress(nowhere, false);
                Interruption interruption = new Interruption(progress::say);
                RunFolder run = RunFolder.of(options.journal())) {
            return new LiveRun(options, run, interruption, progress)
                    .run(BuiltIn.flights().flights())
                    .snapshots();
        }
    }

    /** The arithmetic of the C++ handler and its Java twin is the same, byte for byte; so is all that depends on it. */
    @Test
    @Tag("native")
    void bothKeepTheSameStates() throws Exception {
        Map<String, byte[]> java = states(EngineKind.JAVA);
        Map<String, byte[]> cpp = states(EngineKind.NATIVE);
        assertEquals(java.size(), cpp.size());
        assertArrayEquals(java.get(Names.ROUTES_TWIN), cpp.get(Names.ROUTES));
        assertArrayEquals(cpp.get(Names.ROUTES), cpp.get(Names.COLLECTOR));
        java.forEach((name, state) -> {
            if (Names.isAirport(name)) {
                assertArrayEquals(state, cpp.get(name), name);
            }
        });
    }

    @Test
    void javaEngine() throws Exception {
        assertIsReference(1, "--engine", "java");
    }

    @Test
    @Tag("native")
    void nativeEngine() throws Exception {
        assertIsReference(1, "--engine", "native");
    }

    @Test
    @Tag("native")
    void nativeEngineWithManyWorkersAndRepetitions() throws Exception {
        assertIsReference(3, "--engine", "native", "--workers", "4");
    }
}
