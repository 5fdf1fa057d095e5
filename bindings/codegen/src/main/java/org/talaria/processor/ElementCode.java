package org.talaria.processor;

import com.palantir.javapoet.CodeBlock;

/** Code for one value of fixed size at an address: a component, or an element of an array. */
final class ElementCode {
    private ElementCode() {}

    /** Writes a value that is not null. */
    static void put(CodeBlock.Builder out, FieldType type, CodeBlock at, CodeBlock value) {
        if (type instanceof Scalar scalar) {
            out.addStatement("$T.put$L($L, $L)", Runtime.WIRE, scalar.accessor(), at, value);
        } else if (type instanceof FieldType.EnumType) {
            out.addStatement("$T.putInt($L, $L.ordinal())", Runtime.WIRE, at, value);
        } else if (type == FieldType.Pair.UUID) {
            out.addStatement("$T.putLong($L, $L.getMostSignificantBits())", Runtime.WIRE, at, value);
            out.addStatement("$T.putLong($L + 8, $L.getLeastSignificantBits())", Runtime.WIRE, at, value);
        } else if (type == FieldType.Pair.ADDRESS) {
            out.addStatement("$T.putInt($L, $L.index())", Runtime.WIRE, at, value);
            out.addStatement("$T.putInt($L + 4, $L.generation())", Runtime.WIRE, at, value);
        } else if (type instanceof FieldType.Nested nested) {
            // Elements of arrays have no tails: where a tail would start does not matter.
            out.addStatement("$T.write($L, 0L, $L)", nested.model().generated("Codec"), at, value);
        } else {
            throw new IllegalArgumentException(type.layout() + " has no fixed size of its own");
        }
    }

    /** An expression that reads a value. */
    static CodeBlock take(FieldType type, CodeBlock at, CodeBlock constants, String what) {
        if (type instanceof Scalar scalar) {
            return CodeBlock.of("$T.get$L($L)", Runtime.WIRE, scalar.accessor(), at);
        }
        if (type instanceof FieldType.EnumType) {
            return CodeBlock.of("$T.constant($L, $T.getInt($L), $S)", Runtime.TAIL, constants, Runtime.WIRE, at, what);
        }
        if (type == FieldType.Pair.UUID) {
            return CodeBlock.of(
                    "new $T($T.getLong($L), $T.getLong($L + 8))", type.javaType(), Runtime.WIRE, at, Runtime.WIRE, at);
        }
        if (type == FieldType.Pair.ADDRESS) {
            return CodeBlock.of(
                    "new $T($T.getInt($L), $T.getInt($L + 4))", type.javaType(), Runtime.WIRE, at, Runtime.WIRE, at);
        }
        if (type instanceof FieldType.Nested nested) {
            return CodeBlock.of("$T.read($L, $L)", nested.model().generated("Codec"), at, nested.bytes());
        }
        throw new IllegalArgumentException(type.layout() + " has no fixed size of its own");
    }

    /** Whether an array of it can be copied as it is; a boolean cannot, because memory may hold others than 0 and 1. */
    static boolean copied(FieldType type) {
        return type instanceof Scalar && type != Scalar.BOOL;
    }

    /** The element type of an array. */
    static FieldType elementOf(FieldType type) {
        return type instanceof FieldType.FixedArray fixed ? fixed.element() : ((FieldType.TailArray) type).element();
    }

    /** Whether it is an array. */
    static boolean isArray(FieldType type) {
        return type instanceof FieldType.FixedArray || type instanceof FieldType.TailArray;
    }
}
