package org.talaria.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the setters of one component of a claim. */
final class SetterWriter {
    private final MessageModel model;
    private final Field field;
    private final ClassName claim;
    private final ClassName codec;
    private final String value;

    SetterWriter(MessageModel model, Field field, ClassName claim) {
        this.model = model;
        this.field = field;
        this.claim = claim;
        this.codec = model.generated("Codec");
        this.value = field.name();
    }

    List<MethodSpec> write() {
        List<MethodSpec> setters = new ArrayList<>();
        FieldType type = field.type();
        MethodSpec.Builder setter = setter("Sets {@code " + value + "}"
                + (field.optional() && !(type instanceof Scalar) ? "; null: absent." : "."));
        setter.addParameter(type instanceof Scalar ? type.javaType() : field.parameterType(), value);
        absent(setter);
        body(setter);
        setters.add(end(setter));
        if (type == FieldType.Pair.UUID) {
            setters.add(words("Long", TypeName.LONG, 8, "mostSignificant_", "leastSignificant_"));
        } else if (type == FieldType.Pair.ADDRESS) {
            setters.add(words("Int", TypeName.INT, 4, "index_", "generation_"));
        } else if (ElementCode.isArray(type) && ElementCode.copied(ElementCode.elementOf(type))) {
            setters.add(range(ElementCode.elementOf(type)));
        } else if (type instanceof FieldType.Nested nested
                && nested.model().fields().size() > 1) {
            Flat.of(nested.model(), field.offset()).ifPresent(leaves -> setters.add(flat(leaves)));
        }
        return setters;
    }

    private MethodSpec.Builder setter(String doc) {
        return MethodSpec.methodBuilder(Names.member(value))
                .addJavadoc("$L\n", doc)
                .addAnnotation(Runtime.CAN_IGNORE)
                .addModifiers(Modifier.PUBLIC)
                .returns(claim);
    }

    private MethodSpec end(MethodSpec.Builder setter) {
        if (field.optional()) {
            setter.addStatement("$T.mark(at(), $L, true)", Runtime.TAIL, field.bit());
        }
        return setter.addStatement("return this").build();
    }

    /** Null takes an optional component out again; a tail that was appended stays, unused. */
    private void absent(MethodSpec.Builder setter) {
        if (!field.optional() || field.type() instanceof Scalar) {
            return;
        }
        setter.beginControlFlow("if ($N == null)", value)
                .addStatement(
                        "$T.zero(at() + $L, $L)",
                        Runtime.WIRE,
                        field.offset(),
                        field.type().bytes())
                .addStatement("$T.mark(at(), $L, false)", Runtime.TAIL, field.bit())
                .addStatement("return this")
                .endControlFlow();
    }

    /** The same code as the codec's, around {@code at_} and {@code tail_}. */
    private void body(MethodSpec.Builder setter) {
        CodeBlock.Builder checks = CodeBlock.builder();
        Field required = new Field(field.element(), value, field.type(), field.offset(), -1, field.what());
        PutCode.measure(checks, required);
        boolean tails = field.type().variable();
        FieldType holds = ElementCode.isArray(field.type()) ? ElementCode.elementOf(field.type()) : field.type();
        if (tails || holds instanceof FieldType.Nested) {
            setter.addStatement("long tails_ = 0L");
        }
        setter.addCode(checks.build());
        if (field.type().hasDescriptor()) {
            setter.addStatement("$T.checkUnset(at(), $L, $S)", Runtime.TAIL, field.offset(), field.what());
        }
        if (tails) {
            tail(setter);
        } else {
            setter.addStatement("long at_ = at()");
            if (field.type() instanceof FieldType.Nested) {
                setter.addStatement("long tail_ = 0L");
            }
        }
        CodeBlock.Builder put = CodeBlock.builder();
        PutCode.put(put, required, 0);
        setter.addCode(put.build());
    }

    /** Appends a tail first: that may move the message. */
    private void tail(MethodSpec.Builder setter) {
        setter.addStatement("at()");
        setter.addStatement("int offset_ = tails_ == 0L ? 0 : tail($T.staged(tails_, $S))", Runtime.TAIL, field.what());
        setter.addStatement("long at_ = at()");
        setter.addStatement("long tail_ = at_ + offset_");
    }

    private MethodSpec words(String accessor, TypeName type, int second, String first, String last) {
        MethodSpec.Builder setter = setter("Sets {@code " + value + "} by its words.")
                .addParameter(type, first)
                .addParameter(type, last);
        setter.addStatement("$T.put$L(at() + $L, $N)", Runtime.WIRE, accessor, field.offset(), first);
        setter.addStatement("$T.put$L(at() + $L, $N)", Runtime.WIRE, accessor, field.offset() + second, last);
        return end(setter);
    }

    private MethodSpec range(FieldType element) {
        MethodSpec.Builder setter = setter("Sets {@code " + value + "} to {@code count_} elements of an array.")
                .addParameter(ArrayTypeName.of(element.javaType()), value)
                .addParameter(TypeName.INT, "from_")
                .addParameter(TypeName.INT, "count_")
                .addStatement("$T.checkFromIndexSize(from_, count_, $N.length)", Objects.class, value);
        if (field.type() instanceof FieldType.FixedArray array) {
            setter.addStatement("$T.checkCount(count_, $L, $S)", Runtime.TAIL, array.count(), field.what());
            setter.addStatement("$T.putArray(at() + $L, $N, from_, count_)", Runtime.WIRE, field.offset(), value);
            return end(setter);
        }
        setter.addStatement("$T.checkUnset(at(), $L, $S)", Runtime.TAIL, field.offset(), field.what());
        setter.addStatement("long tails_ = $T.padded($LL * count_)", Runtime.TAIL, element.bytes());
        tail(setter);
        setter.addStatement("$T.begin(at_, $L, tail_, count_ * $L)", Runtime.TAIL, field.offset(), element.bytes());
        setter.beginControlFlow("if (count_ != 0)")
                .addStatement("$T.putArray(tail_, $N, from_, count_)", Runtime.WIRE, value)
                .endControlFlow();
        return end(setter);
    }

    private MethodSpec flat(List<Flat.Leaf> leaves) {
        MethodSpec.Builder setter = setter("Sets {@code " + value + "} by its components.");
        for (Flat.Leaf leaf : leaves) {
            setter.addParameter(leaf.type().javaType(), leaf.name());
        }
        for (Flat.Leaf leaf : leaves) {
            if (!(leaf.type() instanceof Scalar)) {
                setter.addStatement("$T.present($N, $S)", Runtime.TAIL, leaf.name(), field.what());
            }
        }
        CodeBlock.Builder body = CodeBlock.builder();
        for (Flat.Leaf leaf : leaves) {
            ElementCode.put(
                    body, leaf.type(), CodeBlock.of("at() + $L", leaf.offset()), CodeBlock.of("$N", leaf.name()));
        }
        return end(setter.addCode(body.build()));
    }
}
