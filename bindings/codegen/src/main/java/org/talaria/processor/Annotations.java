package org.talaria.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Looks for annotations by name: the processor does not link the library. */
final class Annotations {
    private Annotations() {}

    static boolean isMessage(Element element) {
        return element.getAnnotationMirrors().stream().anyMatch(each -> named(each, Runtime.MESSAGE_ANNOTATION));
    }

    /** Whether a component is {@code @Nullable}, of any library: JSpecify's stands on the type, older ones on the component. */
    static boolean isNullable(Element component) {
        return hasNullable(component.asType().getAnnotationMirrors()) || hasNullable(component.getAnnotationMirrors());
    }

    static boolean isNullable(TypeMirror type) {
        return hasNullable(type.getAnnotationMirrors());
    }

    /** The value of {@code @Fixed}. */
    static Optional<Integer> fixed(Element component) {
        for (AnnotationMirror each : component.getAnnotationMirrors()) {
            if (named(each, Runtime.FIXED_ANNOTATION)) {
                for (AnnotationValue value : each.getElementValues().values()) {
                    if (value.getValue() instanceof Integer count) {
                        return Optional.of(count);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasNullable(List<? extends AnnotationMirror> mirrors) {
        return mirrors.stream()
                .anyMatch(each ->
                        each.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
    }

    private static boolean named(AnnotationMirror mirror, String name) {
        return ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .contentEquals(name);
    }
}
