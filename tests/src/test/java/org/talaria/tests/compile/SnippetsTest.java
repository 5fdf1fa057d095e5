package org.talaria.tests.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show compiles, with every lint an error. */
class SnippetsTest {
    private static final Path HOME = Path.of(System.getProperty("talaria.tests.home", "."));

    @TempDir
    Path output;

    @Test
    void theTourOfTheApiCompiles() throws IOException {
        String text = Files.readString(HOME.resolve("src/test/resources/snippets/Snippets.java"));
        assertEquals(List.of(), Javac.compile(output, "snippets.Snippets", text));
    }
}
