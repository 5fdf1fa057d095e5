package org.talaria.journal.show;

import java.util.ArrayList;
import java.util.List;
import org.talaria.TalariaException;
import org.talaria.journal.show.Layout.Field;
import org.talaria.journal.show.Layout.Kind;
import org.talaria.journal.show.Layout.Shape;

/** Reads a layout text; the grammar stands in {@code docs/messages.md}. One character of look-ahead is enough. */
final class LayoutParser {
    private final String text;
    private int at;

    private LayoutParser(String text) {
        this.text = text;
    }

    /** @throws TalariaException if the text is no layout */
    static Layout parse(String text) {
        LayoutParser parser = new LayoutParser(text);
        Layout layout = parser.layout();
        if (parser.at != text.length()) {
            throw parser.wrong("the end");
        }
        return layout;
    }

    private Layout layout() {
        List<Field> fields = new ArrayList<>();
        while (peek() != '#') {
            fields.add(field());
            if (peek() != '#') {
                expect(';');
            }
        }
        expect('#');
        return new Layout(List.copyOf(fields), number());
    }

    private Field field() {
        String name = word();
        expect(':');
        List<String> constants = List.of();
        Layout nested = Layout.NONE;
        Kind kind;
        if (peek() == '{') {
            at++;
            nested = layout();
            expect('}');
            kind = Kind.NESTED;
        } else {
            kind = kind(word());
            constants = kind == Kind.ENUM ? constants() : constants;
        }
        Shape shape = Shape.ONE;
        int count = 1;
        if (peek() == '[') {
            at++;
            shape = peek() == ']' ? Shape.TAIL : Shape.FIXED;
            count = shape == Shape.FIXED ? number() : 0;
            expect(']');
        }
        int presence = -1;
        if (peek() == '?') {
            at++;
            presence = number();
        }
        expect('@');
        return new Field(name, kind, constants, nested, shape, count, presence, number());
    }

    private Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.NESTED
                    && kind.name().toLowerCase(java.util.Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw wrong("a type");
    }

    private List<String> constants() {
        expect('(');
        word();
        List<String> names = new ArrayList<>();
        char separator = '|';
        while (peek() == separator) {
            at++;
            names.add(word());
            separator = ',';
        }
        expect(')');
        return List.copyOf(names);
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at == start) {
            throw wrong("a name");
        }
        return text.substring(start, at);
    }

    private int number() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > 9) {
            throw wrong("a number");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private TalariaException wrong(String expected) {
        return new TalariaException("the layout text \"" + text + "\" has no " + expected + " at character " + at
                + ": it was written by another version, or the journal is damaged");
    }
}
