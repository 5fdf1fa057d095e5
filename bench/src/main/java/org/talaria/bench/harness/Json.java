package org.talaria.bench.harness;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON: maps, lists, strings, numbers, booleans, null. A number that is none (NaN, infinite) is null. */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** The text of a value. @throws IllegalArgumentException if its class has no JSON */
    public static String text(@Nullable Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            out.append("null");
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Double number) {
            out.append(number(number));
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence text) {
            string(text);
        } else {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " has no JSON: give a map, list, text or number");
        }
    }

    /** Six significant digits: samples are not better than that. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new java.math.BigDecimal(String.format(Locale.ROOT, "%.6g", value))
                        .toString()
                        .replace("E+", "E");
    }

    private void map(Map<?, ?> map, int depth) {
        // One row a line: the files are read by people and by diff.
        boolean lines = depth == 0;
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> entry = i.next();
            newLine(lines, depth + 1);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), depth + 1);
            separate(i.hasNext(), lines);
        }
        newLine(lines && !map.isEmpty(), depth);
        out.append('}');
    }

    private void list(List<?> list, int depth) {
        boolean lines = depth <= 1;
        out.append('[');
        for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
            newLine(lines, depth + 1);
            value(i.next(), depth + 2);
            separate(i.hasNext(), lines);
        }
        newLine(lines && !list.isEmpty(), depth);
        out.append(']');
    }

    private void separate(boolean more, boolean lines) {
        if (more) {
            out.append(lines ? "," : ", ");
        }
    }

    private void newLine(boolean lines, int depth) {
        if (lines) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void string(CharSequence text) {
        out.append('"');
        text.chars().forEach(this::character);
        out.append('"');
    }

    private void character(int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            out.append((char) c);
        }
    }
}
