package org.talaria.examples.flights.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a\"b\\c\n\u0001é");
        object.put("numbers", List.of(1, -2L, 0.5));
        object.put("no number", Double.NaN);
        object.put("flags", List.of(true, false));
        object.put("nothing", null);
        object.put("empty", List.of(Map.of(), new ArrayList<>()));
        assertEquals(
                "{\"text\":\"a\\\"b\\\\c\\u000a\\u0001é\",\"numbers\":[1,-2,0.5],\"no number\":\"NaN\",\"flags\":[true,false],\"nothing\":null,\"empty\":[{},[]]}",
                Json.of(object));
    }
}
