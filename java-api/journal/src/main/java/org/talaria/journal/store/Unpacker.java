package org.talaria.journal.store;

import java.nio.charset.StandardCharsets;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;

/** Reads back what {@link Scratch} packed; never beyond the given bytes. One thread. */
public final class Unpacker {
    private final long address;
    private final int length;
    private int offset;

    /** Reads {@code lengthBytes} from an address. */
    public Unpacker(long address, int lengthBytes) {
        this.address = address;
        this.length = lengthBytes;
    }

    /** Whether anything is left. */
    public boolean hasMore() {
        return offset < length;
    }

    private long take(int bytes) {
        if (bytes < 0 || bytes > length - offset) {
            throw new TalariaException(
                    "an excerpt ends in the middle of a field: it was written by another version, or it is damaged");
        }
        long at = address + offset;
        offset += bytes;
        return at;
    }

    /** The next int. */
    public int getInt() {
        return Mem.getInt(take(4));
    }

    /** The next long. */
    public long getLong() {
        return Mem.getLong(take(8));
    }

    /** The next string. */
    public String getString() {
        int bytes = getInt();
        byte[] utf8 = new byte[Math.max(0, Math.min(bytes, length - offset))];
        Mem.copyToArray(take(bytes), utf8, 0, utf8.length);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
