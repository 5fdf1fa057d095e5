package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** Very many timers pending at a time, far apart and for one moment. A million with {@code -Dtalaria.tests.scale=10}. */
class ManyTimersTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final int count = Scale.of(100_000);
    private int came;

    @BothEngines
    void farApart(Fabric fabric) {
        Random random = new Random(Seeds.of("ManyTimersTest"));
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> came++);
        Note note = new Note(1);
        Timer[] timers = new Timer[count];
        long before = heapBytes();
        for (int i = 0; i < count; i++) {
            timers[i] = talaria.timers().once(ref, note, Duration.ofNanos((long) (random.nextDouble() * HOUR_NS) + 1));
        }
        System.out.println(count + " timers pending: " + (heapBytes() - before) / count + " bytes each");
        Fabric.drain(talaria);
        assertEquals(0, came);
        for (int i = 0; i < count; i += 2) {
            assertTrue(timers[i].cancel());
        }
        for (int i = 0; i < 10; i++) {
            fabric.clock().advance(Duration.ofMinutes(6));
            Fabric.drain(talaria);
        }
        awaitAll(fabric, talaria, count / 2);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @BothEngines
    void forOneMoment(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> assertEquals(came++, note.number()));
        for (int i = 0; i < count; i++) {
            talaria.timers().once(ref, new Note(i), Duration.ofSeconds(100));
        }
        fabric.clock().advance(Duration.ofSeconds(100));
        awaitAll(fabric, talaria, count);
    }

    /** Where the shard was full the rest is tried again. */
    private void awaitAll(Fabric fabric, Talaria talaria, int expected) {
        int before = -1;
        while (came < expected && came > before) {
            before = came;
            fabric.clock().advance(Duration.ofMillis(1));
            Fabric.drain(talaria);
        }
        assertEquals(expected, came);
        assertEquals(0, Fabric.balanced(talaria).refused());
    }
}
