package org.talaria.message;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.talaria.TalariaException;

/**
 * Variable fields and checks of message memory, for generated code. Stateless, any thread.
 *
 * <p>A variable field is a descriptor of u32 offset and u32 length in bytes, in the fixed part; the offset counts from the start of the record that holds the
 * descriptor (docs/messages.md). What comes from memory is checked before it is used: damaged bytes give a {@link TalariaException}.
 */
public final class Tail {
    /** What a message too large to be counted is said to need: over every limit of an engine, and still far from overflow. */
    private static final int MOST = 1 << 30;

    /** Longest tail of a claim: more would be refused at the commit, and staging it must not overflow. */
    private static final int MOST_STAGED = 1 << 29;

    private Tail() {}

    /** The value. @throws NullPointerException naming the component that is null */
    public static <T> T present(T value, String what) {
        if (value == null) {
            throw new NullPointerException(what + " is null: give it a value, or declare the component @Nullable");
        }
        return value;
    }

    /** Checks a fixed array. @throws IllegalArgumentException naming the component */
    public static void checkCount(int count, int fixed, String what) {
        if (count != fixed) {
            throw new IllegalArgumentException(
                    what + " has " + count + " elements: it is declared @Fixed(" + fixed + ")");
        }
    }

    /** Rounded up to whole 8 bytes. */
    public static long padded(long lengthBytes) {
        return (lengthBytes + 7) & ~7L;
    }

    /** Length of a message; at most 2^30, which every engine refuses as too large. */
    public static int total(int fixedLength, long tails) {
        return (int) Math.min(MOST, fixedLength + tails);
    }

    /** Length of a claim's tail. @throws IllegalArgumentException over 512 MiB, which no engine takes */
    public static int staged(long tails, String what) {
        if (tails > MOST_STAGED) {
            throw new IllegalArgumentException(
                    what + " has " + tails + " bytes: no engine takes more than " + MOST_STAGED);
        }
        return (int) tails;
    }

    /** Bytes of a text in UTF-8; an unpaired surrogate counts as {@code ?}, as in {@link String#getBytes}. */
    public static long utf8Length(String text) {
        int chars = text.length();
        long bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (isPair(text, i)) {
                    bytes += 2;
                    i++;
                }
            }
        }
        return bytes;
    }

    /** Writes a descriptor and zeroes the padding of its tail, for the elements to be written at {@code tail}. @return where the next tail starts */
    public static long begin(long record, int field, long tail, int lengthBytes) {
        if (lengthBytes == 0) {
            Wire.putLong(record + field, 0);
            return tail;
        }
        Wire.putInt(record + field, (int) (tail - record));
        Wire.putInt(record + field + 4, lengthBytes);
        long end = tail + padded(lengthBytes);
        if ((lengthBytes & 7) != 0) {
            Wire.putLong(end - 8, 0);
        }
        return end;
    }

    /** Writes a primitive array and its descriptor. @return where the next tail starts */
    public static long putArray(long record, int field, long tail, Object array, int count, int elementBytes) {
        long end = begin(record, field, tail, count * elementBytes);
        if (count != 0) {
            Wire.putArray(tail, array, 0, count);
        }
        return end;
    }

    /** Writes a text and its descriptor. @return where the next tail starts */
    public static long putText(long record, int field, long tail, String text) {
        int bytes = (int) utf8Length(text);
        long end = begin(record, field, tail, bytes);
        if (bytes == text.length()) {
            for (int i = 0; i < bytes; i++) {
                char c = text.charAt(i);
                Wire.putByte(tail + i, c < 0x80 ? (byte) c : (byte) '?');
            }
        } else {
            putUtf8(tail, text);
        }
        return end;
    }

    /**
     * A checked descriptor: offset in bits 32–63, length in bits 0–31; 0 if the field is empty.
     *
     * @throws TalariaException if it points outside the message or into the fixed part, or is no multiple of its elements
     */
    public static long span(long record, int lengthBytes, int field, int fixedLength, int elementBytes, String what) {
        long offset = Wire.getInt(record + field) & 0xFFFF_FFFFL;
        long length = Wire.getInt(record + field + 4) & 0xFFFF_FFFFL;
        if (length == 0) {
            return 0;
        }
        if ((offset & 7) != 0 || offset < fixedLength || offset + length > lengthBytes || length % elementBytes != 0) {
            throw new TalariaException(what + ": damaged message: a tail of " + length + " bytes at " + offset
                    + " (elements of " + elementBytes + " bytes, fixed part " + fixedLength + ", message " + lengthBytes
                    + "): discard it, and check its sender");
        }
        return offset << 32 | length;
    }

    /** The offset of a {@link #span}. */
    public static int offset(long span) {
        return (int) (span >>> 32);
    }

    /** The length in bytes of a {@link #span}. */
    public static int length(long span) {
        return (int) span;
    }

    /** The text of a {@link #span}; malformed UTF-8 is replaced. */
    public static String text(long record, long span) {
        int length = length(span);
        if (length == 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        Wire.getArray(record + offset(span), bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A byte of a {@link #span}. @throws IndexOutOfBoundsException outside it */
    public static byte byteAt(long record, long span, int index) {
        return Wire.getByte(record + offset(span) + Objects.checkIndex(index, length(span)));
    }

    /** Address of an element of a {@link #span}. @throws IndexOutOfBoundsException outside it */
    public static long elementAt(long record, long span, int index, int elementBytes) {
        return record + offset(span) + (long) Objects.checkIndex(index, length(span) / elementBytes) * elementBytes;
    }

    /** Copies the elements of a {@link #span} into a primitive array. @throws IndexOutOfBoundsException if it is too short @return how many */
    public static int into(long record, long span, Object array, int capacity, int elementBytes) {
        int count = length(span) / elementBytes;
        Objects.checkFromIndexSize(0, count, capacity);
        if (count != 0) {
            Wire.getArray(record + offset(span), array, 0, count);
        }
        return count;
    }

    /** An enum constant by its ordinal. @throws TalariaException if there is none */
    public static <E> E constant(E[] constants, int ordinal, String what) {
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new TalariaException(what + ": damaged message: ordinal " + ordinal + " of " + constants.length
                    + " constants: discard it, and check its sender");
        }
        return constants[ordinal];
    }

    /** Checks the length of a message before any of it is read. @throws TalariaException if it cannot be one */
    public static void checkLength(int lengthBytes, int fixedLength, boolean variable, String what) {
        if (lengthBytes < fixedLength || (!variable && lengthBytes != fixedLength)) {
            throw new TalariaException(what + ": damaged message: " + lengthBytes + " bytes, expected "
                    + (variable ? "at least " : "") + fixedLength + ": discard it, and check its sender");
        }
    }

    /** What to throw when a record's constructor refuses what was read. */
    public static TalariaException refused(String what, RuntimeException cause) {
        return cause instanceof TalariaException talaria
                ? talaria
                : new TalariaException(
                        what + ": its constructor refused what was read: " + cause + ": check the sender", cause);
    }

    /** Zeroes an absent component. */
    public static void zero(long address, int lengthBytes) {
        Wire.zero(address, lengthBytes);
    }

    /** Sets or clears a presence bit, counted from the start of the record. */
    public static void mark(long record, int bit, boolean present) {
        long address = record + (bit >> 3);
        int mask = 1 << (bit & 7);
        int old = Wire.getByte(address);
        Wire.putByte(address, (byte) (present ? old | mask : old & ~mask));
    }

    /** Reads a presence bit, counted from the start of the record. */
    public static boolean marked(long record, int bit) {
        return (Wire.getByte(record + (bit >> 3)) >> (bit & 7) & 1) != 0;
    }

    /** Checks that a claim's variable component is not set yet. @throws IllegalStateException if it is */
    public static void checkUnset(long record, int field, String what) {
        if (Wire.getLong(record + field) != 0) {
            throw new IllegalStateException(what + " is set already: a claim takes each variable component once");
        }
    }

    private static void putUtf8(long address, String text) {
        long to = address;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) && isPair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                Wire.putByte(to++, (byte) (0xF0 | point >> 18));
                Wire.putByte(to++, (byte) (0x80 | point >> 12 & 0x3F));
                Wire.putByte(to++, (byte) (0x80 | point >> 6 & 0x3F));
                Wire.putByte(to++, (byte) (0x80 | point & 0x3F));
            } else if (c < 0x80 || Character.isSurrogate(c)) {
                Wire.putByte(to++, c < 0x80 ? (byte) c : (byte) '?');
            } else if (c < 0x800) {
                Wire.putByte(to++, (byte) (0xC0 | c >> 6));
                Wire.putByte(to++, (byte) (0x80 | c & 0x3F));
            } else {
                Wire.putByte(to++, (byte) (0xE0 | c >> 12));
                Wire.putByte(to++, (byte) (0x80 | c >> 6 & 0x3F));
                Wire.putByte(to++, (byte) (0x80 | c & 0x3F));
            }
        }
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
