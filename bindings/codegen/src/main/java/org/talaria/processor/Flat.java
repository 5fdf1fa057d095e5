package org.talaria.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The components of a nested message as parameters of a setter, so that no record need be made. */
final class Flat {
    /** More parameters than anyone would read. */
    private static final int MOST = 16;

    private Flat() {}

    /** A component of the nested message. Its offset counts from the message that holds it. */
    record Leaf(String name, FieldType type, int offset) {}

    /** The leaves of a nested message; empty if it has arrays, texts or optional components. */
    static Optional<List<Leaf>> of(MessageModel nested, int offset) {
        List<Leaf> leaves = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean plain = collect(nested, "", offset, leaves, names);
        return plain && leaves.size() <= MOST ? Optional.of(leaves) : Optional.empty();
    }

    private static boolean collect(
            MessageModel model, String prefix, int offset, List<Leaf> leaves, Set<String> names) {
        for (Field field : model.fields()) {
            String name = prefix.isEmpty()
                    ? field.name()
                    : prefix
                            + Character.toUpperCase(field.name().charAt(0))
                            + field.name().substring(1);
            FieldType type = field.type();
            if (field.optional() || type.variable() || ElementCode.isArray(type)) {
                return false;
            }
            boolean plain = type instanceof FieldType.Nested inner
                    ? collect(inner.model(), name, offset + field.offset(), leaves, names)
                    : names.add(name) && leaves.add(new Leaf(name, type, offset + field.offset()));
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
