package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.talaria.internal.settings.Scope;
import org.talaria.internal.settings.Setting;

class SettingsCommandTest {
    private static final Path PAGE = Path.of("../../docs/configuration.md");

    @Test
    void theCommittedPageIsWhatTheCodeSays() throws IOException {
        Tool tool = Tool.run("settings", "--markdown");
        assertEquals(0, tool.exitCode(), tool.err());
        assertEquals(
                tool.out(),
                Files.readString(PAGE),
                "docs/configuration.md is older than the code: ./talaria settings --markdown > docs/configuration.md");
    }

    /** A row each, in the table of its scope; a cell more or less would shift the others. */
    @Test
    void everySettingHasARowOfFiveCells() {
        String[] sections = Tool.run("settings", "--markdown").out().split("\n## ", -1);
        assertEquals(Scope.values().length + 1, sections.length);
        for (Setting setting : Setting.values()) {
            String section = sections[setting.scope().ordinal() + 1];
            assertTrue(section.startsWith(setting.scope().title() + "\n"), section);
            String row = section.lines()
                    .filter(line -> line.startsWith("| `" + setting.label() + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row of " + setting));
            assertEquals(7, row.split("\\|", -1).length, row);
            assertTrue(row.contains("| " + setting.domain().range() + " | "), row);
            assertTrue(row.contains("| " + setting.domain().preset() + " | "), row);
        }
    }

    @Test
    void aTerminalShowsThemAligned() {
        Tool tool = Tool.run("settings");
        assertEquals(0, tool.exitCode(), tool.err());
        for (Setting setting : Setting.values()) {
            assertTrue(tool.out().contains("\n  " + setting.label() + " "), setting::label);
        }
        assertTrue(
                tool.out().lines().anyMatch(line -> line.matches("  workers +threads +1 … 32 +half the processors")),
                tool.out());
        assertTrue(tool.out().lines().anyMatch(line -> line.equals("      Worker threads. The Java engine has one.")));
        assertTrue(tool.out().lines().noneMatch(line -> line.contains("`") || line.endsWith(" ")), tool.out());
        assertTrue(
                tool.out()
                        .lines()
                        .filter(line -> line.startsWith("      "))
                        .allMatch(line -> line.length() <= 100 && line.length() > 6 && line.charAt(6) != ' '),
                tool.out());
    }

    @Test
    void itHasHelp() {
        Tool tool = Tool.run("settings", "--help");
        assertEquals(0, tool.exitCode());
        assertTrue(tool.out().contains("Usage: talaria settings"), tool.out());
        assertTrue(tool.out().contains("--markdown"), tool.out());
        assertEquals(tool.out(), Tool.run("help", "settings").out());
    }
}
