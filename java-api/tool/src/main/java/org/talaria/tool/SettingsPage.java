package org.talaria.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.talaria.internal.settings.Scope;
import org.talaria.internal.settings.Setting;

/** All settings as a page. The same on each machine, so that it can be compared with the one committed. */
final class SettingsPage {
    private static final int TEXT_WIDTH = 100;
    private static final String INDENT = "      ";

    private static final String HEAD = """
            # Configuration

            All that can be configured. Printed from the code that checks it, by `./talaria settings --markdown > docs/configuration.md`; a test fails where the two differ.
            `./talaria settings` shows the same in a terminal.

            A value that is out of range is refused where it is set, by an `IllegalArgumentException` that says name, value and range; null by a `NullPointerException` that says the name.
            Defaults suit an application that does other work too; what to change for which load is in [dispatching.md](dispatching.md) and [performance.md](performance.md).
            What contradicts another setting, or finds no room on the machine, is refused when the engine is opened or the endpoint made.
            Sizes are powers of two: 1 KiB is 1,024 bytes, 1 Mi is 1,048,576.
            """;

    private SettingsPage() {}

    /** {@code docs/configuration.md}. */
    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Scope scope : Scope.values()) {
            page.append("\n## ").append(scope.title()).append("\n\n");
            page.append("`").append(scope.type()).append("`: `").append(scope.example());
            page.append("`\n\n| name | unit | range | default | what it does |\n|---|---|---|---|---|\n");
            for (Setting setting : of(scope)) {
                page.append("| `").append(setting.label());
                page.append("` | ").append(setting.domain().unit());
                page.append(" | ").append(setting.domain().range());
                page.append(" | ").append(setting.domain().preset());
                page.append(" | ").append(setting.meaning()).append(" |\n");
            }
        }
        return page.toString();
    }

    /** For a terminal: aligned, what it does below each. */
    static String text() {
        StringBuilder page = new StringBuilder();
        for (Scope scope : Scope.values()) {
            page.append(page.isEmpty() ? "" : "\n");
            page.append(scope.title()).append(" (").append(scope.example()).append(")\n\n");
            List<Setting> settings = of(scope);
            String format = "  %-" + widest("name", settings, Setting::label) + "s  %-"
                    + widest("unit", settings, setting -> setting.domain().unit()) + "s  %-"
                    + widest("range", settings, setting -> setting.domain().range()) + "s  %s\n";
            page.append(String.format(Locale.ROOT, format, "name", "unit", "range", "default"));
            for (Setting setting : settings) {
                page.append(String.format(
                        Locale.ROOT,
                        format,
                        setting.label(),
                        setting.domain().unit(),
                        setting.domain().range(),
                        plain(setting.domain().preset())));
                wrap(page, plain(setting.meaning()));
            }
        }
        return page.toString();
    }

    private static List<Setting> of(Scope scope) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.scope() == scope)
                .toList();
    }

    private static int widest(String heading, List<Setting> settings, Function<Setting, String> column) {
        return settings.stream().map(column).mapToInt(String::length).reduce(heading.length(), Math::max);
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "");
    }

    private static void wrap(StringBuilder page, String text) {
        int column = TEXT_WIDTH;
        for (String word : text.split(" ", -1)) {
            if (column + 1 + word.length() > TEXT_WIDTH) {
                page.append(column == TEXT_WIDTH ? "" : "\n").append(INDENT).append(word);
                column = INDENT.length() + word.length();
            } else {
                page.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        page.append('\n');
    }
}
