package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Seeds;

/** When the messages of timers come: never early, by (deadline, order of scheduling), each once. */
class DeadlinesTest {
    private static final Duration TEN = Duration.ofMillis(10);

    private final List<Integer> got = new ArrayList<>();

    @BothEngines
    void onceComesAtItsTimeNotBefore(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        Timer timer = talaria.timers().once(ref, new Note(1), TEN);
        fabric.clock().advance(TEN.minusNanos(1));
        Fabric.drain(talaria);
        assertEquals(List.of(), got, "a nanosecond too early");
        assertTrue(timer.pending());
        fabric.clock().advance(Duration.ofNanos(1));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
        assertFalse(timer.pending());
        fabric.clock().advance(Duration.ofDays(1));
        Fabric.drain(talaria);
        assertEquals(List.of(1), got, "once is once");
    }

    @BothEngines
    void whatIsDueTogetherComesByDeadlineThenInTheOrderScheduled(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        talaria.timers().once(ref, new Note(3), Duration.ofSeconds(2));
        talaria.timers().once(ref, new Note(1), TEN);
        talaria.timers().once(ref, new Note(4), Duration.ofSeconds(2));
        talaria.timers().once(ref, new Note(0), Duration.ZERO);
        talaria.timers().once(ref, new Note(2), Duration.ofSeconds(2).minusNanos(1));
        fabric.clock().advance(Duration.ofDays(1));
        Fabric.drain(talaria);
        assertEquals(List.of(0, 1, 2, 3, 4), got);
    }

    /** From nanoseconds to centuries, scheduled, cancelled and polled at random, against a sorted map. */
    @BothEngines
    void anyTimersComeLikeThoseOfASortedMap(Fabric fabric) {
        Random random = new Random(Seeds.of("DeadlinesTest"));
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        TreeMap<Long, List<Integer>> expected = new TreeMap<>();
        List<Timer> timers = new ArrayList<>();
        List<Long> deadlines = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 4_000; step++) {
            int what = random.nextInt(8);
            if (what < 5) {
                long delay = upTo(random, 61);
                expected.computeIfAbsent(now + delay, at -> new ArrayList<>()).add(timers.size());
                deadlines.add(now + delay);
                timers.add(talaria.timers().once(ref, new Note(timers.size()), Duration.ofNanos(delay)));
            } else if (what < 7 && !timers.isEmpty()) {
                int number = random.nextInt(timers.size());
                List<Integer> due = expected.getOrDefault(deadlines.get(number), new ArrayList<>());
                assertEquals(due.remove((Integer) number), timers.get(number).cancel(), "timer " + number);
            } else {
                long forward = upTo(random, step < 3_900 ? 37 : 56);
                now += forward;
                fabric.clock().advance(Duration.ofNanos(forward));
                Fabric.drain(talaria);
                assertEquals(takeDue(expected, now), got, "step " + step);
                got.clear();
            }
        }
        Fabric.balanced(talaria);
    }

    /** Of any magnitude alike; at most as many bits. */
    private static long upTo(Random random, int bits) {
        return random.nextLong() >>> (Long.SIZE - random.nextInt(bits + 1)) & (1L << bits) - 1;
    }

    private static List<Integer> takeDue(TreeMap<Long, List<Integer>> expected, long now) {
        Map<Long, List<Integer>> due = expected.headMap(now, true);
        List<Integer> numbers = due.values().stream().flatMap(List::stream).toList();
        due.clear();
        return numbers;
    }

    /** On the machine's clock and the engine's own threads. The sum of the times is short: one that is due earlier wakes whoever sleeps for a later one. */
    @BothEngines
    void noneIsEarlyByTheMachinesClock(Fabric fabric) {
        Talaria talaria = fabric.open();
        int count = 300;
        long[] earliestNs = new long[count];
        AtomicInteger early = new AtomicInteger();
        AtomicInteger came = new AtomicInteger();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {
            if (System.nanoTime() - earliestNs[note.number()] < 0) {
                early.incrementAndGet();
            }
            came.incrementAndGet();
        });
        talaria.timers().once(ref, new Note(0), Duration.ofHours(1));
        for (int i = 0; i < count; i++) {
            Duration delay = Duration.ofNanos((count - i) * 100_000L);
            earliestNs[i] = System.nanoTime() + delay.toNanos();
            talaria.timers().once(ref, new Note(i), delay);
        }
        Await.until("all have come", () -> came.get() == count);
        assertEquals(0, early.get());
        Fabric.settle(talaria);
    }
}
