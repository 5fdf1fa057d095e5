package org.talaria.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** When a stall is told: with times and a worker's words that the test makes. */
class StallsByHandTest {
    private static final long BETWEEN_MS = 10;

    private Engine engine;
    private Stalls stalls;
    private int endpoint;
    private long nowMs;

    private void open(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.stallThreshold(Duration.ofMillis(50)));
        ActorRef<Note> slow = talaria.actor("slow", Note.class, note -> {});
        engine = (Engine) talaria;
        stalls = new Stalls(engine);
        endpoint = ((BaseRef<?>) slow).cell().index();
    }

    private void at(int shard, int index, long position) {
        long block = engine.workerBlock(0);
        Mem.putInt(block + WorkerDescriptor.SHARD_OFFSET, shard);
        Mem.putInt(block + WorkerDescriptor.ENDPOINT_OFFSET, index);
        Mem.putLong(block + WorkerDescriptor.POSITION_OFFSET, position);
    }

    private void look(int times, long betweenMs) {
        for (int i = 0; i < times; i++) {
            nowMs += betweenMs;
            stalls.look(TimeUnit.MILLISECONDS.toNanos(nowMs));
        }
    }

    private long counted() {
        return engine.monitor().snapshot().counters().get("stalls");
    }

    @BothEngines
    void atTheThresholdAndOnce(Fabric fabric) {
        open(fabric);
        at(0, endpoint, 64);
        look(1 + 4, BETWEEN_MS);
        assertEquals(0, counted());
        look(1, BETWEEN_MS);
        assertEquals(1, counted());
        look(100, BETWEEN_MS);
        assertEquals(1, counted());
        assertEquals(1, fabric.errors().size());
        at(-1, -1, 96);
    }

    @BothEngines
    void whoGetsOnIsNotSlow(Fabric fabric) {
        open(fabric);
        for (int message = 0; message < 20; message++) {
            at(0, endpoint, 64L * message);
            look(5, BETWEEN_MS);
        }
        at(0, -1, 2_000);
        look(20, BETWEEN_MS);
        at(-1, endpoint, 2_000);
        look(20, BETWEEN_MS);
        assertEquals(0, counted());
        at(-1, -1, 2_000);
    }

    @BothEngines
    void aMachineThatStoodStillIsNoHandlersFault(Fabric fabric) {
        open(fabric);
        at(0, endpoint, 64);
        // Of each time between two looks 20 ms count
        look(1 + 2, 10_000);
        assertEquals(0, counted());
        look(1, 10_000);
        assertEquals(1, counted());
        at(-1, -1, 96);
    }

    @BothEngines
    void againAndAgainIsToldOnceASecond(Fabric fabric) {
        open(fabric);
        for (int message = 1; message <= 20; message++) {
            at(0, endpoint, 64L * message);
            look(10, BETWEEN_MS);
        }
        // Of one each 100 ms: the first, and those 1 s and more behind the one told last
        assertEquals(20, counted());
        assertEquals(2, fabric.errors().size());
        at(-1, -1, 2_000);
    }
}
