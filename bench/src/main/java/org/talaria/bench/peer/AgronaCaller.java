package org.talaria.bench.peer;

import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.talaria.bench.pipe.Latencies;

/** Request and reply through two raw Agrona rings, both sides spinning. Setting: capacity (bytes of each ring). */
public final class AgronaCaller implements Latencies.Caller {
    private final ManyToOneRingBuffer requests;
    private final ManyToOneRingBuffer replies;
    private final MessageHandler onReply = (type, bytes, index, length) -> {
        first = bytes.getLong(index);
        second = bytes.getLong(index + 8);
    };
    private final Consumer responder;
    private long first;
    private long second;

    /** Opens the rings and starts the responder. */
    public AgronaCaller(Setting setting) {
        requests = AgronaPipe.ring(setting.number("capacity"));
        replies = AgronaPipe.ring(setting.number("capacity"));
        MessageHandler answer =
                (type, bytes, index, length) -> write(replies, bytes.getLong(index + 8), bytes.getLong(index));
        responder = new Consumer(() -> requests.read(answer, 1), 1);
    }

    private static void write(ManyToOneRingBuffer ring, long a, long b) {
        int index = AgronaPipe.claim(ring, 16);
        ring.buffer().putLong(index, a);
        ring.buffer().putLong(index + 8, b);
        ring.commit(index);
    }

    @Override
    public void call(long n) {
        write(requests, n, n + 1);
        while (replies.read(onReply, 1) == 0) {
            Thread.onSpinWait();
        }
        Latencies.verify(n, first, second);
    }

    @Override
    public void close() {
        responder.close();
    }
}
