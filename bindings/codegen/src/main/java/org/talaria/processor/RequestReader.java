package org.talaria.processor;

import com.palantir.javapoet.ClassName;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds what a record is answered with, and refuses a record that names another request. */
final class RequestReader {
    private final Types types;

    RequestReader(Types types) {
        this.types = types;
    }

    /** The reply of a request; empty if the record is none. */
    Optional<ClassName> reply(TypeElement record) {
        DeclaredType request = find(record.asType());
        if (request == null) {
            return Optional.empty();
        }
        if (request.getTypeArguments().size() != 2) {
            throw new Refusal(record, "raw Request: write implements Request<" + record.getSimpleName() + ", R>");
        }
        TypeMirror asked = request.getTypeArguments().get(0);
        TypeMirror reply = request.getTypeArguments().get(1);
        if (!types.isSameType(asked, record.asType())) {
            throw new Refusal(
                    record,
                    "implements Request<" + asked + ", …>, which is another message: write implements Request<"
                            + record.getSimpleName() + ", " + reply + ">");
        }
        if (!(reply instanceof DeclaredType declared)
                || !(declared.asElement() instanceof TypeElement element)
                || element.getKind() != ElementKind.RECORD
                || !Annotations.isMessage(element)) {
            throw new Refusal(
                    record,
                    "is answered with " + reply
                            + ", which is no @Message record: annotate it, or answer with one that is");
        }
        return Optional.of(ClassName.get(element));
    }

    private @Nullable DeclaredType find(TypeMirror type) {
        if (type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().contentEquals(Runtime.REQUEST_INTERFACE)) {
            return declared;
        }
        for (TypeMirror each : types.directSupertypes(type)) {
            DeclaredType found = find(each);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
