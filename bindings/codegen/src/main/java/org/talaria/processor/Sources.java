package org.talaria.processor;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Which types are compiled now, and what earlier compilations left of the others. */
final class Sources {
    private final Elements elements;
    private final Set<String> names = new HashSet<>();

    Sources(Elements elements) {
        this.elements = elements;
    }

    /** Takes note of the types of a round, nested ones too. */
    void add(Set<? extends Element> roots) {
        for (TypeElement type : ElementFilter.typesIn(roots)) {
            names.add(elements.getBinaryName(type).toString());
            add(new HashSet<>(type.getEnclosedElements()));
        }
    }

    /** Whether a type is compiled from source now. */
    boolean compiledNow(TypeElement type) {
        return names.contains(elements.getBinaryName(type).toString());
    }

    /** A string constant of a class, if both exist. */
    Optional<String> constant(String className, String field) {
        TypeElement type = elements.getTypeElement(className);
        if (type == null) {
            return Optional.empty();
        }
        for (VariableElement each : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            if (each.getSimpleName().contentEquals(field) && each.getConstantValue() instanceof String text) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }
}
