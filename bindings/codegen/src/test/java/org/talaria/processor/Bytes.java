package org.talaria.processor;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.internal.memory.Mem;
import org.talaria.message.Codec;

/** Messages in memory between guards: what writes or reads beyond its message is found. */
final class Bytes {
    private static final int GUARD = 64;
    private static final AtomicInteger FILLS = new AtomicInteger();

    private Bytes() {}

    /** Encodes into memory that is full of other bytes, as a ring's may be. */
    static <M> byte[] encode(Codec<M> codec, M message) {
        int length = codec.encodedLength(message);
        byte[] all = new byte[GUARD + length + GUARD];
        // Another one every time: a gap that is not zeroed makes equal messages differ.
        byte fill = (byte) (0x11 + FILLS.getAndIncrement() * 0x22);
        Arrays.fill(all, fill);
        long memory = Mem.allocate(all.length);
        try {
            Mem.copyFromArray(all, 0, memory, all.length);
            codec.encode(message, memory + GUARD);
            Mem.copyToArray(memory, all, 0, all.length);
        } finally {
            Mem.free(memory);
        }
        for (int i = 0; i < GUARD; i++) {
            if (all[i] != fill || all[GUARD + length + i] != fill) {
                throw new AssertionError(codec.schema() + " wrote outside its " + length + " bytes");
            }
        }
        return Arrays.copyOfRange(all, GUARD, GUARD + length);
    }

    /** Something that reads a message. */
    interface Reader<T> {
        T read(long address, int lengthBytes);
    }

    /** Lays bytes into memory for the time of a read. */
    static <T> T with(byte[] bytes, Reader<T> reader) {
        long memory = Mem.allocate(bytes.length + GUARD);
        try {
            if (bytes.length != 0) {
                Mem.copyFromArray(bytes, 0, memory, bytes.length);
            }
            return reader.read(memory, bytes.length);
        } finally {
            Mem.free(memory);
        }
    }
}
