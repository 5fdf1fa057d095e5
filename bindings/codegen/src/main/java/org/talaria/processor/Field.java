package org.talaria.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.RecordComponentElement;

/**
 * A component and where it lies.
 *
 * @param element the component
 * @param name its name
 * @param type what it holds
 * @param offset its first byte, from the start of its record
 * @param bit its presence bit, from the start of its record; −1 if it is not optional
 * @param what the component for messages to a person: record and name
 */
record Field(RecordComponentElement element, String name, FieldType type, int offset, int bit, String what) {
    /** Whether it may be null. */
    boolean optional() {
        return bit >= 0;
    }

    /** Its layout text. */
    String layout() {
        return name + ":" + type.layout() + (optional() ? "?" + bit : "") + "@" + offset;
    }

    /** The type of the component as a parameter: boxed and annotated if optional. */
    TypeName parameterType() {
        if (!optional()) {
            return type.javaType();
        }
        TypeName boxed = type instanceof Scalar ? type.javaType().box() : type.javaType();
        return boxed.annotated(AnnotationSpec.builder(Runtime.NULLABLE).build());
    }

    /** Name of an accessor derived from this component: {@code nameLength}. */
    String derived(String suffix) {
        return name + suffix;
    }

    /** {@code hasName}. */
    String presence() {
        return "has" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
