package org.talaria.bindings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells in words where two layout texts ({@code name=value;name=value;…}) differ. */
final class LayoutText {
    /** More than a few differing constants mean another release; naming them all would hide that. */
    private static final int MOST_NAMED = 5;

    private LayoutText() {}

    static String difference(String here, String library) {
        Map<String, String> ours = parse(here);
        Map<String, String> theirs = parse(library);
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> entry : ours.entrySet()) {
            String other = theirs.get(entry.getKey());
            if (other == null) {
                found.add(entry.getKey() + " is unknown to the library");
            } else if (!other.equals(entry.getValue())) {
                found.add(entry.getKey() + " is " + entry.getValue() + " here and " + other + " in the library");
            }
        }
        for (String name : theirs.keySet()) {
            if (!ours.containsKey(name)) {
                found.add(name + " is unknown here");
            }
        }
        return summary(found);
    }

    private static String summary(List<String> found) {
        if (found.isEmpty()) {
            return "the same constants in another order, or a hash computed in another way";
        }
        String text = String.join(", ", found.subList(0, Math.min(MOST_NAMED, found.size())));
        return found.size() > MOST_NAMED ? text + " and " + (found.size() - MOST_NAMED) + " more" : text;
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> constants = new LinkedHashMap<>();
        for (String line : text.split(";", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                constants.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return constants;
    }
}
