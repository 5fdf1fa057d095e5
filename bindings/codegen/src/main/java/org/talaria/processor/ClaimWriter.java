package org.talaria.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the claim of a message: sending without garbage. */
final class ClaimWriter {
    private final MessageModel model;
    private final ClassName claim;
    private final ClassName codec;

    ClaimWriter(MessageModel model) {
        this.model = model;
        this.claim = model.generated("Claim");
        this.codec = model.generated("Codec");
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(claim)
                .superclass(Runtime.CLAIM)
                .addModifiers(Modifier.FINAL)
                .addJavadoc(
                        "Sends {@link $T} without garbage. One instance a thread: end a claim before the next one begins.\n",
                        model.type());
        ParameterizedTypeName mine = ParameterizedTypeName.get(ClassName.get(ThreadLocal.class), claim);
        type.addField(FieldSpec.builder(mine, "MINE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.withInitial($T::new)", ThreadLocal.class, claim)
                .build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addStatement("super($T.INSTANCE)", codec)
                .build());
        type.addMethod(of()).addMethod(batch()).addMethod(tell());
        model.reply().ifPresent(reply -> type.addMethod(callInto(MessageModel.generated(reply, "View"))));
        Members members = new Members("claim");
        for (Field field : model.fields()) {
            new SetterWriter(model, field, claim).write().forEach(setter -> type.addMethod(members.add(field, setter)));
        }
        type.addMethod(next());
        return type.build();
    }

    private MethodSpec of() {
        return factory(
                        "of",
                        "Begins a message, all its components zero, empty or absent; {@code commit()} publishes it.")
                .addStatement("$T claim_ = MINE.get()", claim)
                .addStatement("claim_.begin(to_)")
                .addStatement("return claim_")
                .build();
    }

    private MethodSpec batch() {
        return factory(
                        "batch",
                        "Begins a batch of at most {@code most_} messages: {@code next()} begins each, {@code commit()} publishes what was begun.")
                .addParameter(TypeName.INT, "most_")
                .addStatement("$T claim_ = MINE.get()", claim)
                .addStatement("claim_.beginBatch(to_, most_)")
                .addStatement("return claim_")
                .build();
    }

    private MethodSpec.Builder factory(String name, String doc) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", doc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(claim)
                .addParameter(to(Runtime.REF), "to_");
    }

    private MethodSpec tell() {
        MethodSpec.Builder method =
                send("tell", "Sends one message. Everything is checked before anything is claimed.", Runtime.REF);
        return method.addCode(claimed("claim"))
                .addStatement("return outbound_.commit()")
                .build();
    }

    private MethodSpec callInto(ClassName replyView) {
        MethodSpec.Builder method = send(
                "callInto",
                "Sends one request and waits; the reply is copied into a view that the caller owns. ACCEPTED if it is there, else what became of the call.",
                Runtime.ACTOR_REF);
        return method.addParameter(replyView, "reply_")
                .addStatement("$T.requireNonNull(reply_, $S)", Objects.class, "reply: pass a view made by own()")
                .addCode(claimed("claimCall"))
                .addStatement("return outbound_.commitCall(reply_)")
                .build();
    }

    private MethodSpec.Builder send(String name, String doc, ClassName ref) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", doc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(Runtime.OUTCOME)
                .addParameter(to(ref), "to_");
        model.fields().forEach(field -> method.addParameter(field.parameterType(), field.name()));
        return method;
    }

    private CodeBlock claimed(String claimMethod) {
        String names = model.fields().stream().map(Field::name).collect(Collectors.joining(", "));
        return CodeBlock.builder()
                .addStatement(
                        "int length_ = $T.total($T.FIXED_LENGTH, $T.measure($L))", Runtime.TAIL, codec, codec, names)
                .addStatement("$T outbound_ = $T.to(to_)", Runtime.OUTBOUND, Runtime.OUTBOUND)
                .addStatement("long at_ = outbound_.$L(to_, $T.INSTANCE, length_)", claimMethod, codec)
                .beginControlFlow("if (at_ == 0)")
                .addStatement("return outbound_.refusal()")
                .endControlFlow()
                .beginControlFlow("try")
                .addStatement("$T.put(at_, at_ + $T.FIXED_LENGTH$L)", codec, codec, names.isEmpty() ? "" : ", " + names)
                .nextControlFlow("catch ($T | $T e_)", RuntimeException.class, Error.class)
                .addStatement("outbound_.abandon()")
                .addStatement("throw e_")
                .endControlFlow()
                .build();
    }

    private MethodSpec next() {
        return MethodSpec.methodBuilder("next")
                .addJavadoc("Of a batch: begins the next message, all its components zero, empty or absent.\n")
                .addAnnotation(AnnotationSpec.builder(Runtime.CAN_IGNORE).build())
                .addModifiers(Modifier.PUBLIC)
                .returns(claim)
                .addStatement("nextRecord()")
                .addStatement("return this")
                .build();
    }

    private TypeName to(ClassName ref) {
        return ParameterizedTypeName.get(ref, WildcardTypeName.supertypeOf(model.type()));
    }
}
