package org.talaria.processor;

import com.palantir.javapoet.CodeBlock;

/**
 * Code that writes a component. Between claim and commit nothing may throw: what can be wrong is looked at by {@link #measure} before.
 * Names in the code: {@code at_} the record, {@code tail_} where the next tail starts, {@code tails_} bytes of tails.
 */
final class PutCode {
    private PutCode() {}

    /** Checks the component and adds its tail to {@code tails_}. */
    static void measure(CodeBlock.Builder out, Field field) {
        if (field.type() instanceof Scalar) {
            return;
        }
        CodeBlock.Builder body = CodeBlock.builder();
        body(body, field);
        if (!field.optional()) {
            out.addStatement("$T.present($N, $S)", Runtime.TAIL, field.name(), field.what());
            out.add(body.build());
        } else if (!body.isEmpty()) {
            out.beginControlFlow("if ($N != null)", field.name())
                    .add(body.build())
                    .endControlFlow();
        }
    }

    private static void body(CodeBlock.Builder out, Field field) {
        FieldType type = field.type();
        String name = field.name();
        if (type == FieldType.Text.STRING) {
            out.addStatement("tails_ += $T.padded($T.utf8Length($N))", Runtime.TAIL, Runtime.TAIL, name);
        } else if (type instanceof FieldType.Nested nested) {
            out.addStatement("tails_ += $T.lengthOfTails($N)", nested.model().generated("Codec"), name);
        } else if (type instanceof FieldType.FixedArray array) {
            out.addStatement("$T.checkCount($N.length, $L, $S)", Runtime.TAIL, name, array.count(), field.what());
            measureElements(out, field, array.element());
        } else if (type instanceof FieldType.TailArray array) {
            out.addStatement(
                    "tails_ += $T.padded($LL * $N.length)",
                    Runtime.TAIL,
                    array.element().bytes(),
                    name);
            measureElements(out, field, array.element());
        }
    }

    private static void measureElements(CodeBlock.Builder out, Field field, FieldType element) {
        if (element instanceof Scalar) {
            return;
        }
        out.beginControlFlow("for ($T each_ : $N)", element.javaType(), field.name());
        out.addStatement("$T.present(each_, $S)", Runtime.TAIL, "an element of " + field.what());
        if (element instanceof FieldType.Nested nested) {
            out.addStatement("tails_ += $T.lengthOfTails(each_)", nested.model().generated("Codec"));
        }
        out.endControlFlow();
    }

    /** Writes the component, and its presence bit into the local {@code present<n>_}. */
    static void put(CodeBlock.Builder out, Field field, int presenceOffset) {
        if (!field.optional()) {
            value(out, field);
            return;
        }
        int bit = field.bit() - presenceOffset * 8;
        out.beginControlFlow("if ($N != null)", field.name());
        out.addStatement("present$L_ |= $L", bit / 32, 1 << bit % 32);
        value(out, field);
        out.nextControlFlow("else");
        GapCode.zero(out, field.offset(), field.type().bytes());
        out.endControlFlow();
    }

    private static void value(CodeBlock.Builder out, Field field) {
        FieldType type = field.type();
        CodeBlock at = CodeBlock.of("at_ + $L", field.offset());
        if (type == FieldType.Text.STRING) {
            out.addStatement("tail_ = $T.putText(at_, $L, tail_, $N)", Runtime.TAIL, field.offset(), field.name());
        } else if (type instanceof FieldType.Nested nested) {
            out.addStatement("tail_ = $T.write($L, tail_, $N)", nested.model().generated("Codec"), at, field.name());
        } else if (type instanceof FieldType.FixedArray array) {
            fixedArray(out, field, array, at);
        } else if (type instanceof FieldType.TailArray array) {
            tailArray(out, field, array);
        } else {
            ElementCode.put(out, type, at, CodeBlock.of("$N", field.name()));
        }
    }

    private static void fixedArray(CodeBlock.Builder out, Field field, FieldType.FixedArray array, CodeBlock at) {
        if (ElementCode.copied(array.element())) {
            out.addStatement("$T.putArray($L, $N, 0, $L)", Runtime.WIRE, at, field.name(), array.count());
        } else {
            elements(out, field, array.element(), at);
        }
    }

    private static void tailArray(CodeBlock.Builder out, Field field, FieldType.TailArray array) {
        int bytes = array.element().bytes();
        if (ElementCode.copied(array.element())) {
            out.addStatement(
                    "tail_ = $T.putArray(at_, $L, tail_, $N, $N.length, $L)",
                    Runtime.TAIL,
                    field.offset(),
                    field.name(),
                    field.name(),
                    bytes);
            return;
        }
        String next = "next_" + field.name() + "_";
        out.addStatement(
                "long $N = $T.begin(at_, $L, tail_, $N.length * $L)",
                next,
                Runtime.TAIL,
                field.offset(),
                field.name(),
                bytes);
        elements(out, field, array.element(), CodeBlock.of("tail_"));
        out.addStatement("tail_ = $N", next);
    }

    /** An element that another thread made null since it was measured is written as zeros: throwing would leave the claim open. */
    private static void elements(CodeBlock.Builder out, Field field, FieldType element, CodeBlock at) {
        CodeBlock each = CodeBlock.of("$L + i_ * $L", at, element.bytes());
        out.beginControlFlow("for (int i_ = 0; i_ < $N.length; i_++)", field.name());
        out.addStatement("$T each_ = $N[i_]", element.javaType(), field.name());
        if (element instanceof Scalar) {
            ElementCode.put(out, element, each, CodeBlock.of("each_"));
        } else {
            out.beginControlFlow("if (each_ != null)");
            ElementCode.put(out, element, each, CodeBlock.of("each_"));
            out.nextControlFlow("else");
            out.addStatement("$T.zero($L, $L)", Runtime.WIRE, each, element.bytes());
            out.endControlFlow();
        }
        out.endControlFlow();
    }
}
