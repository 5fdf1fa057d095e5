package org.talaria.bench.peer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a peer is set up: names and values, as published with the sweep. Immutable.
 *
 * @param values by name
 */
public record Setting(Map<String, String> values) {
    /** Copies. */
    public Setting {
        values = Map.copyOf(values);
    }

    /** A setting of names and values in turn. */
    public static Setting of(Object... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
        return new Setting(values);
    }

    /** A number. @throws IllegalArgumentException if there is none of that name */
    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** A text. @throws IllegalArgumentException if there is none of that name */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + values + " lacks '" + name + "': run the sweep again");
        }
        return value;
    }

    /** Sorted, as {@code name=value,…}. */
    public String text() {
        StringBuilder out = new StringBuilder();
        values.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> out.append(
                        out.isEmpty() ? "" : ",")
                .append(entry.getKey())
                .append('=')
                .append(entry.getValue()));
        return out.toString();
    }

    /** Reads {@link #text()}. */
    public static Setting parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + part + "' is no setting: give name=value,…");
            }
            values.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return new Setting(values);
    }
}
