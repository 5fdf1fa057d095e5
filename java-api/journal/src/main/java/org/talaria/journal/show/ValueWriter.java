package org.talaria.journal.show;

import java.util.Locale;

/** Writes values as JSON, or as the short text that a person reads: names without quotes, {@code =} for {@code :}. Not thread-safe. */
final class ValueWriter {
    private final boolean json;
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    ValueWriter(boolean json) {
        this.json = json;
    }

    /** What was written; the writer begins anew. */
    String take() {
        String written = text.toString();
        text.setLength(0);
        first = true;
        return written;
    }

    ValueWriter beginObject() {
        separate();
        text.append('{');
        first = true;
        return this;
    }

    ValueWriter endObject() {
        text.append('}');
        first = false;
        return this;
    }

    void beginArray() {
        separate();
        text.append('[');
        first = true;
    }

    void endArray() {
        text.append(']');
        first = false;
    }

    ValueWriter name(String name) {
        separate();
        if (json) {
            quote(name);
            text.append(':');
        } else {
            text.append(name).append('=');
        }
        first = true;
        return this;
    }

    ValueWriter string(String value) {
        separate();
        quote(value);
        return this;
    }

    /** JSON knows no infinities: they are strings there. */
    void number(double value) {
        if (json && !Double.isFinite(value)) {
            string(Double.toString(value));
        } else {
            raw(Double.toString(value));
        }
    }

    void number(float value) {
        if (json && !Float.isFinite(value)) {
            string(Float.toString(value));
        } else {
            raw(Float.toString(value));
        }
    }

    /** A number, true, false or null; or JSON that was written before. */
    ValueWriter raw(String value) {
        separate();
        text.append(value);
        return this;
    }

    private void separate() {
        if (!first) {
            text.append(json ? "," : ", ");
        }
        first = false;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // Lone surrogates too: what cannot be encoded in UTF-8 must not reach the output raw.
                    if (c < 0x20 || c == 0x7F || Character.isSurrogate(c) && !isPaired(value, i)) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean isPaired(String value, int i) {
        char c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
