package org.talaria.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the view of a message: accessors that read where it lies, without garbage. */
final class ViewWriter {
    private final MessageModel model;
    private final ClassName view;
    private final ClassName codec;
    private final Members members = new Members("view");

    ViewWriter(MessageModel model) {
        this.model = model;
        this.view = model.generated("View");
        this.codec = model.generated("Codec");
    }

    TypeSpec write() {
        ParameterizedTypeName viewType = ParameterizedTypeName.get(Runtime.VIEW_TYPE, model.type(), view);
        TypeSpec.Builder type = TypeSpec.classBuilder(view)
                .superclass(ParameterizedTypeName.get(Runtime.VIEW, model.type()))
                .addModifiers(Modifier.FINAL)
                .addJavadoc(
                        "A view of {@link $T} where it lies. Valid inside the handler that got it, on its thread; or over memory of its own.\n",
                        model.type());
        model.reply().ifPresent(reply -> type.addSuperinterface(ParameterizedTypeName.get(Runtime.ASKED, reply)));
        type.addField(FieldSpec.builder(viewType, "TYPE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.of($T.class, $T::new)", Runtime.VIEW_TYPE, model.type(), view)
                .addJavadoc("The token of this view.\n")
                .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        type.addMethod(MethodSpec.methodBuilder("own")
                .addJavadoc("A view for {@code callInto}, over memory of its own.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(view)
                .addStatement("return new $T()", view)
                .build());
        type.addMethod(override("copy", model.type())
                .addStatement("return $T.INSTANCE.decode(at(), lengthBytes)", codec)
                .build());
        type.addMethod(override("codec", codec)
                .addStatement("return $T.INSTANCE", codec)
                .build());
        model.fields().forEach(field -> field(type, field));
        return type.build();
    }

    private static MethodSpec.Builder override(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns);
    }

    private void field(TypeSpec.Builder type, Field field) {
        FieldType holds = field.type();
        if (field.optional()) {
            add(
                    type,
                    field,
                    getter(field.presence(), TypeName.BOOLEAN, "Whether {@code " + field.name() + "} is present.")
                            .addStatement("return $T.marked(at(), $L)", Runtime.TAIL, field.bit()));
        }
        if (holds instanceof FieldType.FixedArray array) {
            fixedArray(type, field, array);
        } else if (holds instanceof FieldType.TailArray array) {
            tailArray(type, field, array);
        } else if (holds == FieldType.Text.STRING) {
            text(type, field);
        } else if (holds instanceof FieldType.Nested nested) {
            nested(type, field, nested);
        } else {
            value(type, field);
        }
    }

    private void value(TypeSpec.Builder type, Field field) {
        FieldType holds = field.type();
        CodeBlock at = at(field, 0);
        CodeBlock constants = CodeBlock.of("$T.$L", codec, TakeCode.constants(field));
        MethodSpec.Builder getter =
                reference(field, holds instanceof Scalar ? holds.javaType() : field.parameterType());
        add(type, field, getter.addStatement("return $L", ElementCode.take(holds, at, constants, field.what())));
        if (holds == FieldType.Pair.UUID) {
            word(type, field, "Msb", "Long", TypeName.LONG, 0, "most significant bits");
            word(type, field, "Lsb", "Long", TypeName.LONG, 8, "least significant bits");
        } else if (holds == FieldType.Pair.ADDRESS) {
            word(type, field, "Index", "Int", TypeName.INT, 0, "index");
            word(type, field, "Generation", "Int", TypeName.INT, 4, "generation");
        }
    }

    private void word(
            TypeSpec.Builder type,
            Field field,
            String suffix,
            String accessor,
            TypeName returns,
            int offset,
            String doc) {
        add(
                type,
                field,
                getter(
                                field.derived(suffix),
                                returns,
                                "The " + doc + " of {@code " + field.name() + "}" + absent(field, "0"))
                        .addStatement("return $T.get$L($L)", Runtime.WIRE, accessor, at(field, offset)));
    }

    private void text(TypeSpec.Builder type, Field field) {
        add(
                type,
                field,
                reference(field, field.parameterType())
                        .addStatement("return $T.text(at(), $L)", Runtime.TAIL, span(field, 1)));
        add(
                type,
                field,
                getter(
                                field.derived("Length"),
                                TypeName.INT,
                                "Bytes of {@code " + field.name() + "} in UTF-8" + absent(field, "0"))
                        .addStatement("return $T.length($L)", Runtime.TAIL, span(field, 1)));
        add(
                type,
                field,
                getter(field.derived("Byte"), TypeName.BYTE, "A byte of {@code " + field.name() + "} in UTF-8.")
                        .addParameter(TypeName.INT, "index_")
                        .addStatement("return $T.byteAt(at(), $L, index_)", Runtime.TAIL, span(field, 1)));
    }

    private void nested(TypeSpec.Builder type, Field field, FieldType.Nested nested) {
        ClassName nestedView = viewField(type, field, nested);
        TypeName returns = field.optional()
                ? nestedView.annotated(AnnotationSpec.builder(Runtime.NULLABLE).build())
                : nestedView;
        // Its tails may lie anywhere behind it; without tails it is as long as its fixed part.
        CodeBlock length = nested.variable()
                ? CodeBlock.of("lengthBytes - $L", field.offset())
                : CodeBlock.of("$L", nested.bytes());
        add(
                type,
                field,
                reference(field, returns)
                        .addJavadoc("The same view every time.\n")
                        .addStatement("$N.wrap($L, $L)", TakeCode.local(field), at(field, 0), length)
                        .addStatement("return $N", TakeCode.local(field)));
    }

    private static ClassName viewField(TypeSpec.Builder type, Field field, FieldType.Nested nested) {
        ClassName nestedView = nested.model().generated("View");
        type.addField(FieldSpec.builder(nestedView, TakeCode.local(field), Modifier.PRIVATE, Modifier.FINAL)
                .initializer("$T.own()", nestedView)
                .build());
        return nestedView;
    }

    private void fixedArray(TypeSpec.Builder type, Field field, FieldType.FixedArray array) {
        MethodSpec.Builder length = getter(
                field.derived("Length"), TypeName.INT, "Elements of {@code " + field.name() + "}" + absent(field, "0"));
        add(
                type,
                field,
                field.optional()
                        ? length.addStatement(
                                "return $T.marked(at(), $L) ? $L : 0", Runtime.TAIL, field.bit(), array.count())
                        : length.addStatement("return $L", array.count()));
        CodeBlock address = CodeBlock.of(
                "at() + $L + $T.checkIndex(index_, $N()) * $L",
                field.offset(),
                Objects.class,
                field.derived("Length"),
                array.element().bytes());
        element(type, field, array.element(), address);
        if (ElementCode.copied(array.element())) {
            add(
                    type,
                    field,
                    into(field, array.element())
                            .addStatement("int count_ = $N()", field.derived("Length"))
                            .addStatement("$T.checkFromIndexSize(0, count_, into_.length)", Objects.class)
                            .addStatement("$T.getArray($L, into_, 0, count_)", Runtime.WIRE, at(field, 0))
                            .addStatement("return count_"));
        }
    }

    private void tailArray(TypeSpec.Builder type, Field field, FieldType.TailArray array) {
        int bytes = array.element().bytes();
        add(
                type,
                field,
                getter(
                                field.derived("Length"),
                                TypeName.INT,
                                "Elements of {@code " + field.name() + "}" + absent(field, "0"))
                        .addStatement("return $T.length($L) / $L", Runtime.TAIL, span(field, bytes), bytes));
        element(
                type,
                field,
                array.element(),
                CodeBlock.of("$T.elementAt(at(), $L, index_, $L)", Runtime.TAIL, span(field, bytes), bytes));
        if (ElementCode.copied(array.element())) {
            add(
                    type,
                    field,
                    into(field, array.element())
                            .addStatement(
                                    "return $T.into(at(), $L, into_, into_.length, $L)",
                                    Runtime.TAIL,
                                    span(field, bytes),
                                    bytes));
        }
    }

    private void element(TypeSpec.Builder type, Field field, FieldType element, CodeBlock address) {
        CodeBlock constants = CodeBlock.of("$T.$L", codec, TakeCode.constants(field));
        TypeName returns =
                element instanceof FieldType.Nested nested ? viewField(type, field, nested) : element.javaType();
        MethodSpec.Builder method = getter(
                        Names.member(field.name()), returns, "An element of {@code " + field.name() + "}.")
                .addParameter(TypeName.INT, "index_");
        if (element instanceof FieldType.Nested) {
            method.addJavadoc("The same view every time.\n")
                    .addStatement("$N.wrap($L, $L)", TakeCode.local(field), address, element.bytes())
                    .addStatement("return $N", TakeCode.local(field));
        } else {
            method.addStatement("return $L", ElementCode.take(element, address, constants, field.what()));
        }
        add(type, field, method);
    }

    private MethodSpec.Builder into(Field field, FieldType element) {
        return getter(
                        field.derived("Into"),
                        TypeName.INT,
                        "Copies {@code " + field.name() + "} to the start of an array; returns how many elements.")
                .addParameter(ArrayTypeName.of(element.javaType()), "into_");
    }

    /** The accessor of a component; null if it is absent, or zero if it is a primitive. */
    private MethodSpec.Builder reference(Field field, TypeName returns) {
        boolean scalar = field.type() instanceof Scalar;
        MethodSpec.Builder method = getter(
                Names.member(field.name()),
                returns,
                "{@code " + field.name() + "}" + absent(field, scalar ? "0" : "null"));
        if (field.optional() && !scalar) {
            method.beginControlFlow("if (!$T.marked(at(), $L))", Runtime.TAIL, field.bit())
                    .addStatement("return null")
                    .endControlFlow();
        }
        return method;
    }

    private static String absent(Field field, String value) {
        return field.optional() ? "; " + value + " if absent." : ".";
    }

    private CodeBlock span(Field field, int elementBytes) {
        return CodeBlock.of(
                "$T.span(at(), lengthBytes, $L, $L, $L, $S)",
                Runtime.TAIL,
                field.offset(),
                model.fixedLength(),
                elementBytes,
                field.what());
    }

    private static CodeBlock at(Field field, int more) {
        return CodeBlock.of("at() + $L", field.offset() + more);
    }

    private static MethodSpec.Builder getter(String name, TypeName returns, String doc) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", doc)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns);
    }

    private void add(TypeSpec.Builder type, Field field, MethodSpec.Builder method) {
        type.addMethod(members.add(field, method.build()));
    }
}
