package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.NoteView;
import org.talaria.tests.messages.PingClaim;
import org.talaria.tests.messages.PingView;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.PongView;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;

/** With claims and views nothing is allocated: bytes of all threads, counted by the JVM. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double MOST_BYTES_A_MESSAGE = 0.01;

    /** Bytes allocated by every living thread. */
    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static void assertNothing(long bytes, long messages) {
        double each = (double) bytes / messages;
        System.out.println(bytes + " bytes for " + messages + " messages: " + each + " a message");
        assertTrue(each < MOST_BYTES_A_MESSAGE, () -> each + " bytes a message (" + bytes + " in all)");
    }

    @BothEngines(seconds = 240)
    void claimsAndViewsAllocateNothing(Fabric fabric) {
        int messages = Scale.of(10_000_000);
        Talaria talaria = fabric.open(config -> config.shards(2).ringCapacityBytes(1 << 20));
        long[] sum = new long[1];
        AtomicLong handled = new AtomicLong();
        ActorRef<Note> sink = talaria.with(ActorOptions.options().onShard(1)).actor("sink", NoteView.TYPE, note -> {
            sum[0] += note.number();
            handled.setRelease(handled.getPlain() + 1);
        });
        ActorRef<Note> relay = talaria.with(ActorOptions.options().onShard(0))
                .actor("relay", NoteView.TYPE, note -> NoteClaim.tell(sink, note.number())
                        .orThrow());
        send(relay, 200_000);
        Fabric.settle(talaria);
        long before = allocated();
        send(relay, messages / 2);
        // Not by stats(), which makes a record at each look.
        while (handled.getAcquire() < 200_000 + messages / 2) {
            Thread.onSpinWait();
        }
        assertNothing(allocated() - before, messages);
        Fabric.settle(talaria);
        assertEquals(sumOf(200_000) + sumOf(messages / 2), sum[0]);
    }

    private static void send(ActorRef<Note> to, int count) {
        int i = 0;
        while (i < count) {
            if ((i & 31) == 0 && i + 16 <= count) {
                try (NoteClaim batch = NoteClaim.batch(to, 16)) {
                    for (int k = 0; k < 16; k++) {
                        batch.next().number(i + k);
                    }
                    batch.commit().orThrow();
                }
                i += 16;
            } else {
                NoteClaim.tell(to, i).orThrow();
                i++;
            }
        }
    }

    private static long sumOf(long count) {
        return count * (count - 1) / 2;
    }

    @BothEngines(seconds = 240)
    void callsAllocateNothing(Fabric fabric) {
        int calls = Scale.of(50_000);
        Talaria talaria = fabric.open();
        ActorRef<org.talaria.tests.messages.Ping> pinger = talaria.actor(
                        "pinger", PingView.TYPE, (ping, context) -> context.reply(ping, new Pong(ping.number()))
                                .orThrow())
                .within(Fabric.LONG);
        PongView pong = PongView.own();
        for (int i = 0; i < 20_000; i++) {
            PingClaim.callInto(pinger, i, pong).orThrow();
        }
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < calls; i++) {
            PingClaim.callInto(pinger, i, pong).orThrow();
        }
        long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        double each = (double) bytes / calls;
        assertTrue(each < 0.1, () -> each + " bytes a call on the caller's thread");
        assertEquals(calls - 1L, pong.number());
    }
}
