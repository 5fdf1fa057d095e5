package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void isSilentWhereNobodyWaits() {
        try (ProgressBar bar = new ProgressBar(terminal, false, "reading")) {
            bar.at(1, 2);
            bar.at(2, 2);
        }
        assertEquals(0, bytes.size());
    }

    @Test
    void showsHowFarAndCleansUp() {
        try (ProgressBar bar = new ProgressBar(terminal, true, "reading")) {
            bar.at(1, 2);
            bar.at(2, 2);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("reading [####################....................]  50 %"), text);
        assertTrue(text.contains("] 100 %"), text);
        assertTrue(text.endsWith(" \r"), text);
    }

    @Test
    void anEmptyWorkIsNoFault() {
        try (ProgressBar bar = new ProgressBar(terminal, true, "reading")) {
            bar.at(0, 0);
        }
        assertEquals(0, bytes.size());
    }
}
