package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void aRowALine() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "a");
        row.put("holds", true);
        row.put("peer", null);
        assertEquals(
                "[\n  {\"name\": \"a\", \"holds\": true, \"peer\": null},\n  {}\n]\n",
                Json.text(List.of(row, Map.of())));
    }

    @Test
    void numbersAreShortAndNeverNoNumbers() {
        assertEquals("1.23457\n", Json.text(1.23456789));
        assertEquals("1250000\n", Json.text(1_250_000.0));
        assertEquals("16\n", Json.text(16));
        assertEquals("null\n", Json.text(Double.NaN));
        assertEquals("null\n", Json.text(Double.POSITIVE_INFINITY));
        assertEquals("0.00000123000\n", Json.text(1.23e-6));
    }

    @Test
    void textsAreEscaped() {
        assertEquals("\"a\\\"b\\\\c\\u000a÷\"\n", Json.text("a\"b\\c\n÷"));
    }

    @Test
    void whatHasNoJsonIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.text(new Object()));
    }

    @Test
    void emptyIsClosed() {
        assertEquals("[]\n", Json.text(List.of()));
        assertEquals("{}\n", Json.text(Map.of()));
    }
}
