package org.talaria.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Who can reach a type. */
final class Visibility {
    private Visibility() {}

    /** Whether a type or one that encloses it is private: generated top-level classes cannot reach it. */
    static boolean isPrivate(Element type) {
        for (Element each = type; each.getKind() != ElementKind.PACKAGE; each = each.getEnclosingElement()) {
            if (each.getModifiers().contains(Modifier.PRIVATE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a type and all that enclose it are public. */
    static boolean isPublic(Element type) {
        for (Element each = type; each.getKind() != ElementKind.PACKAGE; each = each.getEnclosingElement()) {
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }
}
