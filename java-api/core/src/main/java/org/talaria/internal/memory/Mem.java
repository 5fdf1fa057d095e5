package org.talaria.internal.memory;

import java.lang.reflect.Field;
import sun.misc.Unsafe;

/**
 * Off-heap memory by address: the only class that touches {@code sun.misc.Unsafe}. Nothing is checked here.
 *
 * <p>Memory orders, by name: plain; {@code Ordered} = release store; {@code Volatile} = seq_cst load or store; {@code cas}, {@code getAnd…} = seq_cst RMW.
 * Bytes have no RMW: state words are int32.
 */
public final class Mem {
    private static final Unsafe U = unsafe();

    private Mem() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public static byte getByte(long address) {
        return U.getByte(address);
    }

    public static void putByte(long address, byte value) {
        U.putByte(address, value);
    }

    public static short getShort(long address) {
        return U.getShort(address);
    }

    public static void putShort(long address, short value) {
        U.putShort(address, value);
    }

    public static int getInt(long address) {
        return U.getInt(address);
    }

    public static void putInt(long address, int value) {
        U.putInt(address, value);
    }

    public static long getLong(long address) {
        return U.getLong(address);
    }

    public static void putLong(long address, long value) {
        U.putLong(address, value);
    }

    public static int getIntVolatile(long address) {
        return U.getIntVolatile(null, address);
    }

    public static void putIntVolatile(long address, int value) {
        U.putIntVolatile(null, address, value);
    }

    public static void putIntOrdered(long address, int value) {
        U.putOrderedInt(null, address, value);
    }

    public static long getLongVolatile(long address) {
        return U.getLongVolatile(null, address);
    }

    public static void putLongVolatile(long address, long value) {
        U.putLongVolatile(null, address, value);
    }

    public static void putLongOrdered(long address, long value) {
        U.putOrderedLong(null, address, value);
    }

    public static boolean casInt(long address, int expected, int value) {
        return U.compareAndSwapInt(null, address, expected, value);
    }

    public static boolean casLong(long address, long expected, long value) {
        return U.compareAndSwapLong(null, address, expected, value);
    }

    public static int getAndAddInt(long address, int delta) {
        return U.getAndAddInt(null, address, delta);
    }

    public static long getAndAddLong(long address, long delta) {
        return U.getAndAddLong(null, address, delta);
    }

    public static int getAndSetInt(long address, int value) {
        return U.getAndSetInt(null, address, value);
    }

    public static int getAndOrInt(long address, int bits) {
        int old;
        do {
            old = U.getIntVolatile(null, address);
        } while (!U.compareAndSwapInt(null, address, old, old | bits));
        return old;
    }

    public static long getAndOrLong(long address, long bits) {
        long old;
        do {
            old = U.getLongVolatile(null, address);
        } while (!U.compareAndSwapLong(null, address, old, old | bits));
        return old;
    }

    public static void fullFence() {
        U.fullFence();
    }

    public static void releaseFence() {
        U.storeFence();
    }

    public static void acquireFence() {
        U.loadFence();
    }

    public static void zero(long address, long lengthBytes) {
        U.setMemory(address, lengthBytes, (byte) 0);
    }

    public static void copy(long from, long to, long lengthBytes) {
        U.copyMemory(from, to, lengthBytes);
    }

    public static void copyFromArray(Object array, int from, long address, int count) {
        Class<?> type = array.getClass();
        long scale = U.arrayIndexScale(type);
        U.copyMemory(array, U.arrayBaseOffset(type) + from * scale, null, address, count * scale);
    }

    public static void copyToArray(long address, Object array, int from, int count) {
        Class<?> type = array.getClass();
        long scale = U.arrayIndexScale(type);
        U.copyMemory(null, address, array, U.arrayBaseOffset(type) + from * scale, count * scale);
    }

    public static long allocate(long lengthBytes) {
        return U.allocateMemory(lengthBytes);
    }

    public static void free(long address) {
        U.freeMemory(address);
    }
}
