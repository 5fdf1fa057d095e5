package org.talaria.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void theTextIsSortedAndReadBack() {
        Setting setting = Setting.of("wait", "spin", "entries", 1_024);
        assertEquals("entries=1024,wait=spin", setting.text());
        assertEquals(setting, Setting.parse(setting.text()));
        assertEquals(1_024, setting.number("entries"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThrows(IllegalArgumentException.class, () -> Setting.of("a", 1).text("b"));
        assertThrows(IllegalArgumentException.class, () -> Setting.parse("a"));
    }
}
