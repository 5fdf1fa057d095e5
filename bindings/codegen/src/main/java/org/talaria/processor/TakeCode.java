package org.talaria.processor;

import com.palantir.javapoet.CodeBlock;

/** Code that reads a component into the local {@code v_<name>}. Names in the code: {@code at_} the record, {@code length_} bytes from there to the message's end. */
final class TakeCode {
    private TakeCode() {}

    /** Declares and reads. */
    static void take(CodeBlock.Builder out, Field field, int fixedLength) {
        if (!field.optional()) {
            out.addStatement("$T $N", field.parameterType(), local(field));
            value(out, field, fixedLength);
            return;
        }
        out.addStatement("$T $N = null", field.parameterType(), local(field));
        out.beginControlFlow("if ($T.marked(at_, $L))", Runtime.TAIL, field.bit());
        value(out, field, fixedLength);
        out.endControlFlow();
    }

    /** The local that a component is read into. */
    static String local(Field field) {
        return "v_" + field.name();
    }

    private static void value(CodeBlock.Builder out, Field field, int fixedLength) {
        FieldType type = field.type();
        CodeBlock at = CodeBlock.of("at_ + $L", field.offset());
        if (type == FieldType.Text.STRING) {
            span(out, field, fixedLength, 1);
            out.addStatement("$N = $T.text(at_, s_$N)", local(field), Runtime.TAIL, field.name());
        } else if (type instanceof FieldType.Nested nested) {
            out.addStatement(
                    "$N = $T.read($L, length_ - $L)",
                    local(field),
                    nested.model().generated("Codec"),
                    at,
                    field.offset());
        } else if (type instanceof FieldType.FixedArray array) {
            elements(out, field, array.element(), CodeBlock.of("$L", array.count()), at);
        } else if (type instanceof FieldType.TailArray array) {
            int bytes = array.element().bytes();
            span(out, field, fixedLength, bytes);
            CodeBlock count = CodeBlock.of("$T.length(s_$N) / $L", Runtime.TAIL, field.name(), bytes);
            elements(
                    out,
                    field,
                    array.element(),
                    count,
                    CodeBlock.of("at_ + $T.offset(s_$N)", Runtime.TAIL, field.name()));
        } else {
            out.addStatement("$N = $L", local(field), ElementCode.take(type, at, constants(field), field.what()));
        }
    }

    private static void span(CodeBlock.Builder out, Field field, int fixedLength, int elementBytes) {
        out.addStatement(
                "long s_$N = $T.span(at_, length_, $L, $L, $L, $S)",
                field.name(),
                Runtime.TAIL,
                field.offset(),
                fixedLength,
                elementBytes,
                field.what());
    }

    private static void elements(CodeBlock.Builder out, Field field, FieldType element, CodeBlock count, CodeBlock at) {
        out.addStatement("$N = new $T[$L]", local(field), element.javaType(), count);
        if (ElementCode.copied(element)) {
            out.addStatement("$T.getArray($L, $N, 0, $N.length)", Runtime.WIRE, at, local(field), local(field));
            return;
        }
        out.beginControlFlow("for (int i_ = 0; i_ < $N.length; i_++)", local(field));
        CodeBlock each = CodeBlock.of("$L + i_ * $L", at, element.bytes());
        out.addStatement("$N[i_] = $L", local(field), ElementCode.take(element, each, constants(field), field.what()));
        out.endControlFlow();
    }

    /** The codec's array of an enum component's constants. */
    static CodeBlock constants(Field field) {
        return CodeBlock.of("$NConstants_", field.name());
    }
}
