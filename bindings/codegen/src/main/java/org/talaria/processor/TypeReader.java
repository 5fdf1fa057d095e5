package org.talaria.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads the type of a component. */
final class TypeReader {
    private static final String SUPPORTED =
            "primitives, String, UUID, Address, enums, @Message records, and arrays of these but String";

    private final Elements elements;
    private final BiFunction<TypeElement, Element, MessageModel> nested;

    TypeReader(Elements elements, BiFunction<TypeElement, Element, MessageModel> nested) {
        this.elements = elements;
        this.nested = nested;
    }

    /** The type of a component. @throws Refusal if it cannot be in a message */
    FieldType read(Element component, TypeMirror type, int fixedCount, boolean optional) {
        if (type instanceof ArrayType array) {
            return array(component, array, fixedCount);
        }
        if (fixedCount != 0) {
            throw new Refusal(component, "@Fixed is for arrays: " + component + " is none");
        }
        if (type.getKind().isPrimitive()) {
            if (optional) {
                throw new Refusal(
                        component,
                        "a primitive cannot be null: declare " + component + " as @Nullable "
                                + simple(TypeName.get(type).withoutAnnotations().box()));
            }
            return primitive(type);
        }
        FieldType unboxed = unboxed(component, type, optional);
        return unboxed != null ? unboxed : declared(component, type);
    }

    private FieldType array(Element component, ArrayType array, int fixedCount) {
        TypeMirror elementType = array.getComponentType();
        if (Annotations.isNullable(elementType)) {
            throw new Refusal(
                    component,
                    "elements of arrays cannot be null: to make " + component + " itself optional write "
                            + simple(TypeName.get(elementType).withoutAnnotations()) + " @Nullable []");
        }
        FieldType element = elementType.getKind().isPrimitive()
                ? primitive(elementType)
                : arrayElement(component, array, elementType);
        return fixedCount == 0 ? new FieldType.TailArray(element) : fixedArray(component, element, fixedCount);
    }

    private FieldType fixedArray(Element component, FieldType element, int count) {
        if (count < 1 || (long) count * element.bytes() > ModelReader.MOST_FIXED_BYTES) {
            throw new Refusal(
                    component,
                    "@Fixed(" + count + ") of " + component + " is out of range: 1 to "
                            + ModelReader.MOST_FIXED_BYTES / element.bytes() + " elements of " + element.bytes()
                            + " bytes");
        }
        return new FieldType.FixedArray(element, count);
    }

    private FieldType arrayElement(Element component, ArrayType array, TypeMirror elementType) {
        if (elementType.getKind() == TypeKind.ARRAY) {
            throw unsupported(component, array, "use one array, or an array of @Message records");
        }
        FieldType element = declared(component, elementType);
        if (element.variable()) {
            throw unsupported(component, array, "elements of arrays must be of fixed size");
        }
        return element;
    }

    private static FieldType primitive(TypeMirror type) {
        return Scalar.of(TypeName.get(type).withoutAnnotations());
    }

    private static @Nullable FieldType unboxed(Element component, TypeMirror type, boolean optional) {
        TypeName name = TypeName.get(type).withoutAnnotations();
        if (!name.isBoxedPrimitive()) {
            return null;
        }
        if (!optional) {
            throw new Refusal(
                    component,
                    "unsupported type " + simple(name) + " of " + component + ": write " + name.unbox()
                            + ", or @Nullable " + simple(name) + " if it is optional");
        }
        return Scalar.of(name.unbox());
    }

    private FieldType declared(Element component, TypeMirror type) {
        if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            throw unsupported(component, type, SUPPORTED + " can be in a message");
        }
        String name = element.getQualifiedName().toString();
        if (type.getKind() == TypeKind.ERROR) {
            throw Refusal.unknown(
                    component,
                    "type " + name + " of " + component + " is not known: import it, or add it to the class path");
        }
        if (name.equals("java.lang.String")) {
            return FieldType.Text.STRING;
        }
        if (name.equals("java.util.UUID")) {
            return FieldType.Pair.UUID;
        }
        if (name.equals(Runtime.ADDRESS.canonicalName())) {
            return FieldType.Pair.ADDRESS;
        }
        if (element.getKind() == ElementKind.ENUM) {
            return enumType(component, element);
        }
        if (element.getKind() == ElementKind.RECORD) {
            return nestedMessage(component, element);
        }
        throw unsupported(component, type, SUPPORTED + " can be in a message");
    }

    private FieldType enumType(Element component, TypeElement element) {
        List<String> constants = new ArrayList<>();
        for (Element each : element.getEnclosedElements()) {
            if (each.getKind() == ElementKind.ENUM_CONSTANT) {
                constants.add(each.getSimpleName().toString());
            }
        }
        if (constants.isEmpty()) {
            throw unsupported(component, element.asType(), "an enum needs a constant");
        }
        if (Visibility.isPrivate(element)) {
            throw unsupported(
                    component,
                    element.asType(),
                    "a private enum cannot be reached by the generated code: make it package-private or public");
        }
        return new FieldType.EnumType(
                ClassName.get(element), elements.getBinaryName(element).toString(), constants);
    }

    private FieldType nestedMessage(Element component, TypeElement element) {
        if (!Annotations.isMessage(element)) {
            throw unsupported(component, element.asType(), "annotate that record with @Message");
        }
        MessageModel model = nested.apply(element, component);
        if (model.fields().isEmpty()) {
            throw unsupported(component, element.asType(), "a nested record needs a component");
        }
        return new FieldType.Nested(model);
    }

    private static Refusal unsupported(Element component, TypeMirror type, String remedy) {
        return new Refusal(component, "unsupported type " + type + " of " + component + ": " + remedy);
    }

    private static String simple(TypeName type) {
        return type instanceof ClassName name ? name.simpleName() : type.toString();
    }
}
