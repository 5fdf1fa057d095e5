package org.talaria.journal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;
import org.talaria.internal.memory.Mem;

/** Growing off-heap bytes that bodies of excerpts are packed into. One thread. */
public final class Scratch {
    private ByteBuffer buffer;
    private long address;
    private int length;

    /** Empty, with room for a start. */
    public Scratch(int capacityBytes) {
        buffer = BufferUtil.allocateDirectAligned(capacityBytes, 64);
        address = BufferUtil.address(buffer);
    }

    /** Forgets what was put. */
    public Scratch clear() {
        length = 0;
        return this;
    }

    /** Where the bytes lie; changes when they grow. */
    public long address() {
        return address;
    }

    /** Bytes put. */
    public int length() {
        return length;
    }

    private long claim(int bytes) {
        if (length + bytes > buffer.capacity()) {
            grow(length + bytes);
        }
        long at = address + length;
        length += bytes;
        return at;
    }

    private void grow(int need) {
        ByteBuffer larger = BufferUtil.allocateDirectAligned(Math.max(need, 2 * buffer.capacity()), 64);
        long to = BufferUtil.address(larger);
        Mem.copy(address, to, length);
        buffer = larger;
        address = to;
    }

    /** Appends an int. */
    public Scratch putInt(int value) {
        Mem.putInt(claim(4), value);
        return this;
    }

    /** Appends a long. */
    public Scratch putLong(long value) {
        Mem.putLong(claim(8), value);
        return this;
    }

    /** Appends a string: its length in bytes, then UTF-8. */
    public Scratch putString(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        putInt(bytes.length);
        Mem.copyFromArray(bytes, 0, claim(bytes.length), bytes.length);
        return this;
    }

    /** Appends raw bytes, padded with zeros to a multiple of 8. */
    public Scratch putBytes(long from, int lengthBytes) {
        int padded = lengthBytes + 7 & ~7;
        long at = claim(padded);
        Mem.copy(from, at, lengthBytes);
        Mem.zero(at + lengthBytes, padded - lengthBytes);
        return this;
    }
}
