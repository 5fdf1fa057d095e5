package org.talaria.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
