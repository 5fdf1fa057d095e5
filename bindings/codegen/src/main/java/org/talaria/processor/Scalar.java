package org.talaria.processor;

import com.palantir.javapoet.TypeName;

/** A primitive of Java, of the wire and of C++. */
enum Scalar implements FieldType {
    BOOL("bool", 1, TypeName.BOOLEAN, "Boolean", "bool"),
    I8("i8", 1, TypeName.BYTE, "Byte", "int8_t"),
    I16("i16", 2, TypeName.SHORT, "Short", "int16_t"),
    CHAR("char", 2, TypeName.CHAR, "Char", "char16_t"),
    I32("i32", 4, TypeName.INT, "Int", "int32_t"),
    I64("i64", 8, TypeName.LONG, "Long", "int64_t"),
    F32("f32", 4, TypeName.FLOAT, "Float", "float"),
    F64("f64", 8, TypeName.DOUBLE, "Double", "double");

    private final String layout;
    private final int bytes;
    private final TypeName javaType;
    private final String accessor;
    private final String cppType;

    Scalar(String layout, int bytes, TypeName javaType, String accessor, String cppType) {
        this.layout = layout;
        this.bytes = bytes;
        this.javaType = javaType;
        this.accessor = accessor;
        this.cppType = cppType;
    }

    /** The scalar of a primitive type. */
    static Scalar of(TypeName primitive) {
        for (Scalar scalar : values()) {
            if (scalar.javaType.equals(primitive)) {
                return scalar;
            }
        }
        throw new IllegalArgumentException(primitive + " is no primitive type of a component");
    }

    /** What follows {@code get} and {@code put} in the names of Wire's methods. */
    String accessor() {
        return accessor;
    }

    String cppType() {
        return cppType;
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
        return bytes;
    }

    @Override
    public TypeName javaType() {
        return javaType;
    }
}
