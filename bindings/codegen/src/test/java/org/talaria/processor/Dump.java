package org.talaria.processor;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.talaria.message.Address;

/**
 * A record as text that tells every bit of it: numbers in decimal, floats by their bits, texts by their bytes, {@code -} for absent. The C++ test program prints the same
 * text of the same bytes.
 */
final class Dump {
    private Dump() {}

    static String of(Object record) {
        StringBuilder out = new StringBuilder();
        value(out, record);
        return out.toString();
    }

    private static void value(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("- ");
        } else if (value instanceof Address address) {
            out.append(address.index()).append(':').append(address.generation()).append(' ');
        } else if (value instanceof Record record) {
            out.append("{ ");
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                value(out, get(record, component));
            }
            out.append("} ");
        } else if (value.getClass().isArray()) {
            out.append("[").append(Array.getLength(value)).append(' ');
            for (int i = 0; i < Array.getLength(value); i++) {
                value(out, Array.get(value, i));
            }
            out.append("] ");
        } else {
            out.append(scalar(value)).append(' ');
        }
    }

    private static Object scalar(Object value) {
        if (value instanceof String text) {
            return "'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof UUID uuid) {
            return uuid.getMostSignificantBits() + ":" + uuid.getLeastSignificantBits();
        } else if (value instanceof Enum<?> constant) {
            return constant.ordinal();
        } else if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        } else if (value instanceof Character c) {
            return (int) c;
        } else if (value instanceof Float number) {
            return "f" + Integer.toUnsignedString(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            return "d" + Long.toUnsignedString(Double.doubleToRawLongBits(number));
        }
        return value;
    }

    /** A component's value. */
    static @Nullable Object get(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
