package org.talaria.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Names of generated classes: they lie beside the record and carry its simple name, so two nested records of one package can clash. */
final class GeneratedNames {
    private final Elements elements;
    private final Map<String, MessageModel> owners = new HashMap<>();

    GeneratedNames(Elements elements) {
        this.elements = elements;
    }

    /** Takes the names of a message. @throws Refusal if another class has one of them */
    void claim(MessageModel model) {
        MessageModel other = owners.putIfAbsent(model.generated("Codec").canonicalName(), model);
        if (other != null && !other.binaryName().equals(model.binaryName())) {
            throw clash(model, other.binaryName());
        }
        for (String suffix : List.of("Codec", "View", "Claim")) {
            TypeElement existing =
                    elements.getTypeElement(model.generated(suffix).canonicalName());
            if (existing != null) {
                checkExisting(model, existing);
            }
        }
    }

    /** A class left by an earlier compilation is ours, and is replaced, unless it serves another record that still exists. */
    private void checkExisting(MessageModel model, TypeElement existing) {
        TypeElement codec = elements.getTypeElement(model.generated("Codec").canonicalName());
        String served = codec == null ? null : nameOf(codec);
        if (served == null) {
            throw new Refusal(
                    model.element(),
                    "name clash: " + existing
                            + " exists already, and is not generated: rename the record or that class");
        }
        if (!served.equals(model.binaryName()) && stillMessage(served)) {
            throw clash(model, served);
        }
    }

    private boolean stillMessage(String binaryName) {
        TypeElement record = elements.getTypeElement(binaryName.replace('$', '.'));
        return record != null && Annotations.isMessage(record);
    }

    private static @Nullable String nameOf(TypeElement codec) {
        for (VariableElement each : ElementFilter.fieldsIn(codec.getEnclosedElements())) {
            if (each.getSimpleName().contentEquals("NAME") && each.getConstantValue() instanceof String text) {
                return text;
            }
        }
        return null;
    }

    private static Refusal clash(MessageModel model, String other) {
        return new Refusal(
                model.element(),
                "name clash: " + other + " is a message of the same simple name in this package, and both give "
                        + model.generated("Codec").simpleName()
                        + ": rename one of them, or move it to another package");
    }
}
