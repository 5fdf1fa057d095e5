package org.talaria.message;

import org.talaria.internal.memory.Mem;

/** Reads and writes message memory. For generated code: addresses are not checked. Little-endian, unaligned allowed. */
public final class Wire {
    private Wire() {}

    /** Writes a byte. */
    public static void putByte(long address, byte value) {
        Mem.putByte(address, value);
    }

    /** Writes an int16. */
    public static void putShort(long address, short value) {
        Mem.putShort(address, value);
    }

    /** Writes a uint16. */
    public static void putChar(long address, char value) {
        Mem.putShort(address, (short) value);
    }

    /** Writes an int32. */
    public static void putInt(long address, int value) {
        Mem.putInt(address, value);
    }

    /** Writes an int64. */
    public static void putLong(long address, long value) {
        Mem.putLong(address, value);
    }

    /** Writes a float. */
    public static void putFloat(long address, float value) {
        Mem.putInt(address, Float.floatToRawIntBits(value));
    }

    /** Writes a double. */
    public static void putDouble(long address, double value) {
        Mem.putLong(address, Double.doubleToRawLongBits(value));
    }

    /** Writes a boolean as 1 or 0. */
    public static void putBoolean(long address, boolean value) {
        Mem.putByte(address, (byte) (value ? 1 : 0));
    }

    /** Reads a byte. */
    public static byte getByte(long address) {
        return Mem.getByte(address);
    }

    /** Reads an int16. */
    public static short getShort(long address) {
        return Mem.getShort(address);
    }

    /** Reads a uint16. */
    public static char getChar(long address) {
        return (char) Mem.getShort(address);
    }

    /** Reads an int32. */
    public static int getInt(long address) {
        return Mem.getInt(address);
    }

    /** Reads an int64. */
    public static long getLong(long address) {
        return Mem.getLong(address);
    }

    /** Reads a float. */
    public static float getFloat(long address) {
        return Float.intBitsToFloat(Mem.getInt(address));
    }

    /** Reads a double. */
    public static double getDouble(long address) {
        return Double.longBitsToDouble(Mem.getLong(address));
    }

    /** Reads a boolean. */
    public static boolean getBoolean(long address) {
        return Mem.getByte(address) != 0;
    }

    /** Copies between heap and message memory: {@code array} is a primitive array, {@code from} its first element. */
    public static void putArray(long address, Object array, int from, int count) {
        Mem.copyFromArray(array, from, address, count);
    }

    /** Copies from message memory into a primitive array. */
    public static void getArray(long address, Object array, int from, int count) {
        Mem.copyToArray(address, array, from, count);
    }

    /** Copies message memory. */
    public static void copy(long from, long to, long lengthBytes) {
        Mem.copy(from, to, lengthBytes);
    }

    /** Zeroes message memory. */
    public static void zero(long address, long lengthBytes) {
        Mem.zero(address, lengthBytes);
    }
}
