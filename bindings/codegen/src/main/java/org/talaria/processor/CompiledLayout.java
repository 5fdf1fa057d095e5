package org.talaria.processor;

import java.util.HashMap;
import java.util.Map;

/**
 * What the layout text of an already compiled message says of its components. Needed because javac before 22 shows no type annotations
 * ({@code @Nullable}) of class files: from the class alone the layout would come out another.
 */
final class CompiledLayout {
    private final Map<String, String> fields = new HashMap<>();

    CompiledLayout(String layout) {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < layout.length(); i++) {
            char c = layout.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (depth == 0 && (c == ';' || c == '#')) {
                add(layout.substring(start, i));
                start = i + 1;
            }
        }
    }

    private void add(String field) {
        int colon = field.indexOf(':');
        if (colon > 0) {
            fields.put(field.substring(0, colon), field.substring(colon + 1, field.lastIndexOf('@')));
        }
    }

    /** Whether a component is optional. */
    boolean optional(String name) {
        return type(name).matches("(?s).*\\?\\d+");
    }

    /** The number of elements of a fixed array; 0 if it is none. */
    int fixedCount(String name) {
        String type = type(name).replaceFirst("\\?\\d+$", "");
        int open = type.lastIndexOf('[');
        return open < 0 || !type.endsWith("]") || open == type.length() - 2
                ? 0
                : Integer.parseInt(type.substring(open + 1, type.length() - 1));
    }

    private String type(String name) {
        return fields.getOrDefault(name, "");
    }
}
