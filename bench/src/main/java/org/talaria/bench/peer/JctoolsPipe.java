package org.talaria.bench.peer;

import java.util.function.IntSupplier;
import org.jctools.queues.MpscArrayQueue;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/**
 * JCTools' MPSC array queue, passing preallocated objects: the producer writes the next of a pool and offers it. The pool is twice the queue, so that an object
 * is written again only after the consumer is done with it. Settings: entries, take (poll or drain), pause.
 */
public final class JctoolsPipe implements Pipe {
    private static final int LIMIT = 256;

    private final MpscArrayQueue<Event> queue;
    private final Event[] pool;
    private final Consumer consumer;

    /** Opens a queue. */
    public JctoolsPipe(Check check, int payload, Setting setting) {
        int entries = setting.number("entries");
        queue = new MpscArrayQueue<>(entries);
        pool = new Event[2 * entries];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = Event.of(payload);
        }
        IntSupplier take = setting.text("take").equals("drain")
                ? () -> queue.drain(event -> event.read(check), LIMIT)
                : () -> poll(check);
        consumer = new Consumer(take, setting.number("pause"));
    }

    private int poll(Check check) {
        Event event = queue.relaxedPoll();
        if (event == null) {
            return 0;
        }
        event.read(check);
        return 1;
    }

    @Override
    public void send(long first, long count) {
        int mask = pool.length - 1;
        for (long n = first; n < first + count; n++) {
            // Free to be written: that the event before was taken in proves that this one, half a pool older, was read.
            Event event = pool[(int) n & mask];
            event.write(n);
            while (!queue.offer(event)) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
