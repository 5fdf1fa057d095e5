package org.talaria.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the codec of a message. */
final class CodecWriter {
    private final MessageModel model;
    private final ClassName codec;

    CodecWriter(MessageModel model) {
        this.model = model;
        this.codec = model.generated("Codec");
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(codec)
                .superclass(ParameterizedTypeName.get(Runtime.CODEC, model.type()))
                .addModifiers(Modifier.FINAL)
                .addJavadoc("Writes and reads {@link $T}. Stateless, any thread.\n", model.type());
        constants(type);
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addStatement("super($T.class, SCHEMA)", model.type())
                .build());
        type.addMethod(encodedLength()).addMethod(encode()).addMethod(decode());
        type.addMethod(lengthOfTails())
                .addMethod(write(components("message_.")))
                .addMethod(read());
        type.addMethod(measure()).addMethod(put());
        return type.build();
    }

    private void constants(TypeSpec.Builder type) {
        type.addField(constant(
                ClassName.get(String.class),
                "NAME",
                CodeBlock.of("$S", model.binaryName()),
                "Binary name of the record: the schema's name."));
        type.addField(
                constant(ClassName.get(String.class), "LAYOUT", CodeBlock.of("$S", model.layout()), "Layout text."));
        type.addField(constant(
                TypeName.INT, "FIXED_LENGTH", CodeBlock.of("$L", model.fixedLength()), "Bytes of the fixed part."));
        type.addField(constant(
                Runtime.SCHEMA,
                "SCHEMA",
                CodeBlock.of(
                        "new $T($L, NAME, LAYOUT, FIXED_LENGTH, $L)",
                        Runtime.SCHEMA,
                        model.schemaId(),
                        model.variable()),
                "The schema."));
        for (Field field : model.fields()) {
            FieldType value = ElementCode.isArray(field.type()) ? ElementCode.elementOf(field.type()) : field.type();
            if (value instanceof FieldType.EnumType constants) {
                type.addField(FieldSpec.builder(
                                ArrayTypeName.of(constants.javaType()),
                                field.name() + "Constants_",
                                Modifier.STATIC,
                                Modifier.FINAL)
                        .initializer("$T.values()", constants.javaType())
                        .build());
            }
        }
        type.addField(constant(
                codec, "INSTANCE", CodeBlock.of("new $T()", codec), "The codec; the engine finds it by name."));
    }

    private static FieldSpec constant(TypeName type, String name, CodeBlock value, String doc) {
        return FieldSpec.builder(type, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .initializer(value)
                .addJavadoc("$L\n", doc)
                .build();
    }

    private MethodSpec encodedLength() {
        return override("encodedLength", TypeName.INT)
                .addParameter(model.type(), "message_")
                .addStatement("return $T.total(FIXED_LENGTH, lengthOfTails(message_))", Runtime.TAIL)
                .build();
    }

    private MethodSpec encode() {
        return override("encode", TypeName.VOID)
                .addParameter(model.type(), "message_")
                .addParameter(TypeName.LONG, "address_")
                .addStatement("write(address_, address_ + FIXED_LENGTH, message_)")
                .build();
    }

    private MethodSpec decode() {
        return override("decode", model.type())
                .addParameter(TypeName.LONG, "address_")
                .addParameter(TypeName.INT, "lengthBytes_")
                .addStatement("$T.checkLength(lengthBytes_, FIXED_LENGTH, $L, NAME)", Runtime.TAIL, model.variable())
                .addStatement("return read(address_, lengthBytes_)")
                .build();
    }

    private static MethodSpec.Builder override(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns);
    }

    private MethodSpec lengthOfTails() {
        return MethodSpec.methodBuilder("lengthOfTails")
                .addJavadoc(
                        "Checks a message, and counts the bytes of its tails. For codecs of records that hold this one.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(TypeName.LONG)
                .addParameter(model.type(), "message_")
                .addStatement("return measure($L)", components("message_."))
                .build();
    }

    private MethodSpec write(CodeBlock components) {
        return MethodSpec.methodBuilder("write")
                .addJavadoc(
                        "Writes a checked message, its tails at {@code tail_}; returns where they end. For codecs of records that hold this one.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(TypeName.LONG)
                .addParameter(TypeName.LONG, "at_")
                .addParameter(TypeName.LONG, "tail_")
                .addParameter(model.type(), "message_")
                .addStatement(
                        model.fields().isEmpty()
                                ? CodeBlock.of("return put(at_, tail_)")
                                : CodeBlock.of("return put(at_, tail_, $L)", components))
                .build();
    }

    private MethodSpec read() {
        CodeBlock.Builder body = CodeBlock.builder();
        model.fields().forEach(field -> TakeCode.take(body, field, model.fixedLength()));
        String locals = model.fields().stream().map(TakeCode::local).collect(Collectors.joining(", "));
        body.beginControlFlow("try");
        body.addStatement("return new $T($L)", model.type(), locals);
        body.nextControlFlow("catch ($T e_)", RuntimeException.class);
        body.addStatement("throw $T.refused(NAME, e_)", Runtime.TAIL);
        body.endControlFlow();
        return MethodSpec.methodBuilder("read")
                .addJavadoc(
                        "Reads a message whose fixed part is there; {@code length_} is what follows {@code at_}. For codecs of records that hold this one.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(model.type())
                .addParameter(TypeName.LONG, "at_")
                .addParameter(TypeName.INT, "length_")
                .addCode(body.build())
                .build();
    }

    private MethodSpec measure() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("measure")
                .addJavadoc("Checks the components, and counts the bytes of their tails.\n")
                .addModifiers(Modifier.STATIC)
                .returns(TypeName.LONG);
        CodeBlock.Builder body = CodeBlock.builder().addStatement("long tails_ = 0L");
        for (Field field : model.fields()) {
            method.addParameter(field.parameterType(), field.name());
            PutCode.measure(body, field);
        }
        return method.addCode(body.addStatement("return tails_").build()).build();
    }

    private MethodSpec put() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("put")
                .addJavadoc("Writes checked components; returns where their tails end.\n")
                .addModifiers(Modifier.STATIC)
                .returns(TypeName.LONG)
                .addParameter(TypeName.LONG, "at_")
                .addParameter(TypeName.LONG, "tail_");
        CodeBlock.Builder body = CodeBlock.builder();
        for (int word = 0; word < model.presenceWords(); word++) {
            body.addStatement("int present$L_ = 0", word);
        }
        for (Field field : model.fields()) {
            method.addParameter(field.parameterType(), field.name());
            PutCode.put(body, field, model.presenceOffset());
        }
        for (int word = 0; word < model.presenceWords(); word++) {
            body.addStatement("$T.putInt(at_ + $L, present$L_)", Runtime.WIRE, model.presenceOffset() + 4 * word, word);
        }
        GapCode.gaps(body, model);
        return method.addCode(body.addStatement("return tail_").build()).build();
    }

    private CodeBlock components(String prefix) {
        return CodeBlock.of(
                "$L",
                model.fields().stream().map(each -> prefix + each.name() + "()").collect(Collectors.joining(", ")));
    }
}
