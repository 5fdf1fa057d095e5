package org.talaria.processor;

import javax.lang.model.element.Element;

/** Why a record cannot be a message; reported at the element that is at fault. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Element element;
    private final boolean perhapsLater;

    Refusal(Element element, String message) {
        this(element, message, false);
    }

    private Refusal(Element element, String message, boolean perhapsLater) {
        super(message);
        this.element = element;
        this.perhapsLater = perhapsLater;
    }

    /** A type is not known: another processor may still generate it. */
    static Refusal unknown(Element element, String message) {
        return new Refusal(element, message, true);
    }

    /** Whether the next round may have what is missing. */
    boolean perhapsLater() {
        return perhapsLater;
    }

    Element element() {
        return element;
    }
}
