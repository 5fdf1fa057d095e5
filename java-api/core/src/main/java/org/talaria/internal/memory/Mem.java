package org.talaria.internal.memory;

import static org.agrona.UnsafeAccess.UNSAFE;

/**
 * Off-heap memory by address: the only class that touches {@code sun.misc.Unsafe}. Nothing is checked here.
 *
 * <p>Memory orders, by name: plain; {@code Ordered} = release store; {@code Volatile} = seq_cst load or store; {@code cas}, {@code getAnd…} = seq_cst RMW.
 * Bytes have no RMW: state words are int32.
 */
public final class Mem {
    private Mem() {}

    public static byte getByte(long address) {
        return UNSAFE.getByte(address);
    }

    public static void putByte(long address, byte value) {
        UNSAFE.putByte(address, value);
    }

    public static short getShort(long address) {
        return UNSAFE.getShort(address);
    }

    public static void putShort(long address, short value) {
        UNSAFE.putShort(address, value);
    }

    public static int getInt(long address) {
        return UNSAFE.getInt(address);
    }

    public static void putInt(long address, int value) {
        UNSAFE.putInt(address, value);
    }

    public static long getLong(long address) {
        return UNSAFE.getLong(address);
    }

    public static void putLong(long address, long value) {
        UNSAFE.putLong(address, value);
    }

    public static int getIntVolatile(long address) {
        return UNSAFE.getIntVolatile(null, address);
    }

    public static void putIntVolatile(long address, int value) {
        UNSAFE.putIntVolatile(null, address, value);
    }

    public static void putIntOrdered(long address, int value) {
        UNSAFE.putOrderedInt(null, address, value);
    }

    public static long getLongVolatile(long address) {
        return UNSAFE.getLongVolatile(null, address);
    }

    public static void putLongVolatile(long address, long value) {
        UNSAFE.putLongVolatile(null, address, value);
    }

    public static void putLongOrdered(long address, long value) {
        UNSAFE.putOrderedLong(null, address, value);
    }

    public static boolean casInt(long address, int expected, int value) {
        return UNSAFE.compareAndSwapInt(null, address, expected, value);
    }

    public static boolean casLong(long address, long expected, long value) {
        return UNSAFE.compareAndSwapLong(null, address, expected, value);
    }

    public static int getAndAddInt(long address, int delta) {
        return UNSAFE.getAndAddInt(null, address, delta);
    }

    public static long getAndAddLong(long address, long delta) {
        return UNSAFE.getAndAddLong(null, address, delta);
    }

    public static int getAndSetInt(long address, int value) {
        return UNSAFE.getAndSetInt(null, address, value);
    }

    public static int getAndOrInt(long address, int bits) {
        int old;
        do {
            old = UNSAFE.getIntVolatile(null, address);
        } while (!UNSAFE.compareAndSwapInt(null, address, old, old | bits));
        return old;
    }

    public static long getAndOrLong(long address, long bits) {
        long old;
        do {
            old = UNSAFE.getLongVolatile(null, address);
        } while (!UNSAFE.compareAndSwapLong(null, address, old, old | bits));
        return old;
    }

    public static void fullFence() {
        UNSAFE.fullFence();
    }

    public static void releaseFence() {
        UNSAFE.storeFence();
    }

    public static void acquireFence() {
        UNSAFE.loadFence();
    }

    public static void zero(long address, long lengthBytes) {
        UNSAFE.setMemory(address, lengthBytes, (byte) 0);
    }

    /** Zeroes a multiple of 8 bytes, few of them: where {@link #zero} costs a call out of compiled code, and a loop more than what it does. */
    public static void zeroWords(long address, int lengthBytes) {
        int left = lengthBytes;
        while (left >= 32) {
            left -= 32;
            UNSAFE.putLong(address + left, 0);
            UNSAFE.putLong(address + left + 8, 0);
            UNSAFE.putLong(address + left + 16, 0);
            UNSAFE.putLong(address + left + 24, 0);
        }
        if (left >= 16) {
            UNSAFE.putLong(address, 0);
            UNSAFE.putLong(address + 8, 0);
        }
        if ((left & 8) != 0) {
            UNSAFE.putLong(address + left - 8, 0);
        }
    }

    public static void copy(long from, long to, long lengthBytes) {
        UNSAFE.copyMemory(from, to, lengthBytes);
    }

    public static void copyFromArray(Object array, int from, long address, int count) {
        Class<?> type = array.getClass();
        long scale = UNSAFE.arrayIndexScale(type);
        UNSAFE.copyMemory(array, UNSAFE.arrayBaseOffset(type) + from * scale, null, address, count * scale);
    }

    public static void copyToArray(long address, Object array, int from, int count) {
        Class<?> type = array.getClass();
        long scale = UNSAFE.arrayIndexScale(type);
        UNSAFE.copyMemory(null, address, array, UNSAFE.arrayBaseOffset(type) + from * scale, count * scale);
    }

    public static long allocate(long lengthBytes) {
        return UNSAFE.allocateMemory(lengthBytes);
    }

    public static void free(long address) {
        UNSAFE.freeMemory(address);
    }
}
