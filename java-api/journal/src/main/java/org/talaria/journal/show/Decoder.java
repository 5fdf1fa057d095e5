package org.talaria.journal.show;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.journal.show.Layout.Field;
import org.talaria.journal.show.Layout.Kind;
import org.talaria.journal.show.Layout.Shape;

/** Writes a message's fields, read by its layout alone. Not thread-safe. */
final class Decoder {
    private final ValueWriter out;
    private long start;
    private int length;

    Decoder(ValueWriter out) {
        this.out = out;
    }

    /**
     * Writes a message.
     *
     * @throws TalariaException if the bytes cannot be one
     */
    void message(Layout layout, boolean variable, long address, int lengthBytes) {
        start = address;
        length = lengthBytes;
        if (lengthBytes < layout.bytes() || !variable && lengthBytes != layout.bytes()) {
            throw damaged("it has " + lengthBytes + " bytes, and its fixed part " + layout.bytes());
        }
        fields(layout, 0);
    }

    private static TalariaException damaged(String what) {
        return new TalariaException("the message cannot be decoded: " + what);
    }

    private void fields(Layout layout, int base) {
        out.beginObject();
        for (Field field : layout.fields()) {
            if (isPresent(field, base)) {
                out.name(field.name());
                field(field, layout, base);
            }
        }
        out.endObject();
    }

    private boolean isPresent(Field field, int base) {
        int bit = field.presence();
        return bit < 0 || (Mem.getByte(at(base + bit / 8, 1)) >> bit % 8 & 1) != 0;
    }

    private void field(Field field, Layout layout, int base) {
        int offset = base + field.offset();
        if (field.kind() == Kind.STRING) {
            string(layout, base, offset);
        } else if (field.shape() == Shape.ONE) {
            value(field, offset);
        } else if (field.shape() == Shape.FIXED) {
            array(field, offset, field.count());
        } else {
            int bytes = tailBytes(layout, base, offset);
            if (bytes % field.elementBytes() != 0) {
                throw damaged("the tail of " + field.name() + " has " + bytes + " bytes, no multiple of "
                        + field.elementBytes());
            }
            array(field, bytes == 0 ? 0 : base + Mem.getInt(at(offset, 4)), bytes / field.elementBytes());
        }
    }

    private int tailBytes(Layout layout, int base, int offset) {
        int from = Mem.getInt(at(offset, 4));
        int bytes = Mem.getInt(at(offset + 4, 4));
        if (bytes != 0 && (from < layout.bytes() || (from & 7) != 0)) {
            throw damaged("a tail begins at byte " + from + " of its record");
        }
        if (bytes != 0) {
            at(base + from, bytes);
        }
        return bytes;
    }

    private void string(Layout layout, int base, int offset) {
        int bytes = tailBytes(layout, base, offset);
        byte[] utf8 = new byte[bytes];
        if (bytes > 0) {
            Mem.copyToArray(at(base + Mem.getInt(at(offset, 4)), bytes), utf8, 0, bytes);
        }
        out.string(new String(utf8, StandardCharsets.UTF_8));
    }

    private void array(Field field, int offset, int count) {
        out.beginArray();
        for (int i = 0; i < count; i++) {
            value(field, offset + i * field.elementBytes());
        }
        out.endArray();
    }

    private void value(Field field, int offset) {
        long at = at(offset, field.elementBytes());
        switch (field.kind()) {
            case BOOL -> out.raw(String.valueOf(Mem.getByte(at) != 0));
            case I8 -> out.raw(String.valueOf(Mem.getByte(at)));
            case I16 -> out.raw(String.valueOf(Mem.getShort(at)));
            case CHAR -> out.string(String.valueOf((char) Mem.getShort(at)));
            case I32 -> out.raw(String.valueOf(Mem.getInt(at)));
            case I64 -> out.raw(String.valueOf(Mem.getLong(at)));
            case F32 -> out.number(Float.intBitsToFloat(Mem.getInt(at)));
            case F64 -> out.number(Double.longBitsToDouble(Mem.getLong(at)));
            case UUID -> out.string(new UUID(Mem.getLong(at), Mem.getLong(at + 8)).toString());
            case ADDR -> out.string(Mem.getInt(at) + "/" + Mem.getInt(at + 4));
            case ENUM -> out.string(constant(field, Mem.getInt(at)));
            case NESTED -> fields(field.nested(), offset);
            case STRING -> throw damaged("an array of strings");
        }
    }

    private static String constant(Field field, int ordinal) {
        if (ordinal < 0 || ordinal >= field.constants().size()) {
            throw damaged(field.name() + " has ordinal " + ordinal + ", which is no constant");
        }
        return field.constants().get(ordinal);
    }

    private long at(int offset, int bytes) {
        if (offset < 0 || bytes < 0 || bytes > length - offset) {
            throw damaged("bytes " + offset + " to " + ((long) offset + bytes) + " of " + length + " are wanted");
        }
        return start + offset;
    }
}
