package org.talaria.processor;

import com.palantir.javapoet.ClassName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/**
 * A message as the writers see it.
 *
 * @param element the record
 * @param type its class
 * @param binaryName its binary name: the schema's name
 * @param open whether it can be reached from every package
 * @param fields its components, in order
 * @param presenceOffset first byte of its presence words
 * @param presenceWords how many u32 they are
 * @param fixedLength bytes of the fixed part
 * @param reply the record it is answered with, if it is a request
 */
record MessageModel(
        TypeElement element,
        ClassName type,
        String binaryName,
        boolean open,
        List<Field> fields,
        int presenceOffset,
        int presenceWords,
        int fixedLength,
        Optional<ClassName> reply) {
    private static final int FIRST_ID = 1_024;

    /** The simple name that generated classes begin with. */
    String simpleName() {
        return type.simpleName();
    }

    /** A generated class of this message. */
    ClassName generated(String suffix) {
        return generated(type, suffix);
    }

    /** A generated class of a message. */
    static ClassName generated(ClassName type, String suffix) {
        return ClassName.get(type.packageName(), type.simpleName() + suffix);
    }

    /** Whether its length varies. */
    boolean variable() {
        return fields.stream().anyMatch(field -> field.type().variable());
    }

    /** Its layout text. */
    String layout() {
        return fields.stream().map(Field::layout).collect(Collectors.joining(";")) + "#" + fixedLength;
    }

    /** Its schema id: as {@code Schema.idOf}, which a test compares. */
    int schemaId() {
        int hash = 0x811C9DC5;
        for (byte b : (binaryName + '|' + layout()).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x01000193;
        }
        int positive = hash & Integer.MAX_VALUE;
        return positive < FIRST_ID ? positive + FIRST_ID : positive;
    }
}
