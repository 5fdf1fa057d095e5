package org.talaria.bench.peer;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/** Disruptor 4, multi-producer, one event a publish. Settings: entries, wait (spin or yield). */
public final class DisruptorPipe implements Pipe {
    private final Disruptor<Event> disruptor;
    private final RingBuffer<Event> ring;

    /** Starts a disruptor. */
    public DisruptorPipe(Check check, int payload, Setting setting) {
        WaitStrategy wait =
                setting.text("wait").equals("spin") ? new BusySpinWaitStrategy() : new YieldingWaitStrategy();
        disruptor = new Disruptor<>(
                () -> Event.of(payload), setting.number("entries"), DisruptorPipe::thread, ProducerType.MULTI, wait);
        disruptor.handleEventsWith((event, sequence, endOfBatch) -> event.read(check));
        ring = disruptor.start();
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "disruptor");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void send(long first, long count) {
        RingBuffer<Event> to = ring;
        for (long n = first; n < first + count; n++) {
            long sequence = to.next();
            to.get(sequence).write(n);
            to.publish(sequence);
        }
    }

    @Override
    public void close() {
        disruptor.halt();
    }
}
