package org.talaria.journal.show;

import java.util.List;

/**
 * The fields of a message, from its schema's layout text ({@code docs/messages.md}).
 *
 * @param fields in order of declaration
 * @param bytes of the fixed part
 */
record Layout(List<Field> fields, int bytes) {
    /** What kind of value a field holds. */
    enum Kind {
        BOOL(1),
        I8(1),
        I16(2),
        CHAR(2),
        I32(4),
        I64(8),
        F32(4),
        F64(8),
        UUID(16),
        ADDR(8),
        ENUM(4),
        NESTED(0),
        STRING(8);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    /** One value, a fixed number of them, or a tail of them. */
    enum Shape {
        ONE,
        FIXED,
        TAIL
    }

    /**
     * A field.
     *
     * @param name of the component
     * @param kind of its value or elements
     * @param constants of an enum
     * @param nested layout of a nested record
     * @param shape one or many
     * @param count of a fixed array
     * @param presence bit that says present, −1 if always
     * @param offset in its record
     */
    record Field(
            String name,
            Kind kind,
            List<String> constants,
            Layout nested,
            Shape shape,
            int count,
            int presence,
            int offset) {
        int elementBytes() {
            return kind == Kind.NESTED ? nested.bytes() : kind.bytes();
        }
    }

    /** The layout of nothing. */
    static final Layout NONE = new Layout(List.of(), 0);
}
