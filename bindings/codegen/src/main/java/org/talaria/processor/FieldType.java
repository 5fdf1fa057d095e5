package org.talaria.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;

/** What a component holds: its bytes in the fixed part, its text in a layout, its type in Java. */
sealed interface FieldType
        permits Scalar,
                FieldType.EnumType,
                FieldType.Pair,
                FieldType.Nested,
                FieldType.Text,
                FieldType.FixedArray,
                FieldType.TailArray {
    /** Bytes of a descriptor. */
    int DESCRIPTOR = 8;

    /** The type in the layout text. */
    String layout();

    /** Bytes in the fixed part. */
    int bytes();

    /** Alignment in the fixed part. */
    int alignment();

    /** The type of the component; primitives unboxed. */
    TypeName javaType();

    /** Whether it has a descriptor of its own. */
    default boolean hasDescriptor() {
        return false;
    }

    /** Whether a message that holds it varies in length. */
    default boolean variable() {
        return hasDescriptor();
    }

    /** An enum, by ordinal. */
    record EnumType(ClassName javaType, String binaryName, List<String> constants) implements FieldType {
        @Override
        public String layout() {
            return "enum(" + binaryName + "|" + String.join(",", constants) + ")";
        }

        @Override
        public int bytes() {
            return 4;
        }

        @Override
        public int alignment() {
            return 4;
        }
    }

    /** Two words that Java has a class for. */
    enum Pair implements FieldType {
        UUID("uuid", 16, ClassName.get("java.util", "UUID")),
        ADDRESS("addr", 8, Runtime.ADDRESS);

        private final String layout;
        private final int bytes;
        private final ClassName javaType;

        Pair(String layout, int bytes, ClassName javaType) {
            this.layout = layout;
            this.bytes = bytes;
            this.javaType = javaType;
        }

        @Override
        public String layout() {
            return layout;
        }

        @Override
        public int bytes() {
            return bytes;
        }

        @Override
        public int alignment() {
            return 8;
        }

        @Override
        public TypeName javaType() {
            return javaType;
        }
    }

    /** Another message. */
    record Nested(MessageModel model) implements FieldType {
        @Override
        public String layout() {
            return "{" + model.layout() + "}";
        }

        @Override
        public int bytes() {
            return model.fixedLength();
        }

        @Override
        public int alignment() {
            return 8;
        }

        @Override
        public TypeName javaType() {
            return model.type();
        }

        @Override
        public boolean variable() {
            return model.variable();
        }
    }

    /** A text in the tail. */
    enum Text implements FieldType {
        STRING;

        @Override
        public String layout() {
            return "string";
        }

        @Override
        public int bytes() {
            return DESCRIPTOR;
        }

        @Override
        public int alignment() {
            return 4;
        }

        @Override
        public TypeName javaType() {
            return ClassName.get(String.class);
        }

        @Override
        public boolean hasDescriptor() {
            return true;
        }
    }

    /** An array of a fixed number of elements. */
    record FixedArray(FieldType element, int count) implements FieldType {
        @Override
        public String layout() {
            return element.layout() + "[" + count + "]";
        }

        @Override
        public int bytes() {
            return element.bytes() * count;
        }

        @Override
        public int alignment() {
            return element.alignment();
        }

        @Override
        public TypeName javaType() {
            return ArrayTypeName.of(element.javaType());
        }
    }

    /** An array in the tail. */
    record TailArray(FieldType element) implements FieldType {
        @Override
        public String layout() {
            return element.layout() + "[]";
        }

        @Override
        public int bytes() {
            return DESCRIPTOR;
        }

        @Override
        public int alignment() {
            return 4;
        }

        @Override
        public TypeName javaType() {
            return ArrayTypeName.of(element.javaType());
        }

        @Override
        public boolean hasDescriptor() {
            return true;
        }
    }
}
