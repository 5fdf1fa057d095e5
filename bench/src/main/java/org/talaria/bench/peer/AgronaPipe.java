package org.talaria.bench.peer;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/** Agrona's {@code ManyToOneRingBuffer}: claim, write, commit; a plain Java handler. Settings: capacity (bytes), limit (messages a read), pause (spins after an empty read). */
public final class AgronaPipe implements Pipe {
    private static final int TYPE = 1;
    private static final int PAGE = 4_096;

    private final ManyToOneRingBuffer ring;
    private final AtomicBuffer buffer;
    private final Consumer consumer;
    private final int payload;

    /** Opens a ring. */
    public AgronaPipe(Check check, int payload, Setting setting) {
        this.payload = payload;
        ring = ring(setting.number("capacity"));
        buffer = ring.buffer();
        int limit = setting.number("limit");
        MessageHandler handler = payload == 16
                ? (type, bytes, index, length) -> two(check, bytes, index)
                : (type, bytes, index, length) -> eight(check, bytes, index);
        consumer = new Consumer(() -> ring.read(handler, limit), setting.number("pause"));
    }

    /** A ring over fresh zeroed memory. */
    static ManyToOneRingBuffer ring(int capacity) {
        return new ManyToOneRingBuffer(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, PAGE)));
    }

    static void two(Check check, DirectBuffer bytes, int index) {
        check.two(bytes.getLong(index), bytes.getLong(index + 8));
    }

    static void eight(Check check, DirectBuffer bytes, int index) {
        check.eight(
                bytes.getLong(index),
                bytes.getLong(index + 8),
                bytes.getLong(index + 16),
                bytes.getLong(index + 24),
                bytes.getLong(index + 32),
                bytes.getLong(index + 40),
                bytes.getLong(index + 48),
                bytes.getLong(index + 56));
    }

    @Override
    public void send(long first, long count) {
        if (payload == 16) {
            sendTwo(first, first + count);
        } else {
            sendEight(first, first + count);
        }
    }

    private void sendTwo(long first, long end) {
        for (long n = first; n < end; n++) {
            int index = claim(ring, 16);
            buffer.putLong(index, n);
            buffer.putLong(index + 8, n + 1);
            ring.commit(index);
        }
    }

    private void sendEight(long first, long end) {
        for (long n = first; n < end; n++) {
            int index = claim(ring, 64);
            buffer.putLong(index, n);
            buffer.putLong(index + 8, n + 1);
            buffer.putLong(index + 16, n + 2);
            buffer.putLong(index + 24, n + 3);
            buffer.putLong(index + 32, n + 4);
            buffer.putLong(index + 40, n + 5);
            buffer.putLong(index + 48, n + 6);
            buffer.putLong(index + 56, n + 7);
            ring.commit(index);
        }
    }

    /** Claims, spinning while the ring is full. */
    static int claim(ManyToOneRingBuffer ring, int lengthBytes) {
        int index;
        while ((index = ring.tryClaim(TYPE, lengthBytes)) < 0) {
            Thread.onSpinWait();
        }
        return index;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
