package org.talaria.journal.read;

import org.talaria.internal.memory.Mem;

/** FNV-1a, 64 bits, of bytes by address: to compare what was sent with what is sent again. */
public final class Hash {
    private static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Hash() {}

    /** The hash of {@code lengthBytes} bytes. */
    public static long of(long address, int lengthBytes) {
        long hash = START;
        for (int i = 0; i < lengthBytes; i++) {
            hash = (hash ^ Mem.getByte(address + i) & 0xFF) * PRIME;
        }
        return hash;
    }
}
