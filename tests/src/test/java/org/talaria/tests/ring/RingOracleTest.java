package org.talaria.tests.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.ring.ClaimRing;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;
import org.talaria.tests.support.Watchdog;

/** Our claim code against Agrona's class, byte for byte, from Java. The C++ side of the oracle is in native/test. */
@ExtendWith(Watchdog.class)
class RingOracleTest {
    /** Positions where an int, an unsigned int or a sign would overflow; multiples of the capacity and not. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1_000 * 8,
                (1L << 31) - 20_480,
                (1L << 31) - 1_024,
                (1L << 31) - 8,
                (1L << 32) - 20_480,
                (1L << 32) - 1_024,
                (1L << 32) - 8,
                (1L << 33) + 24,
                (1L << 62) - 512,
                Long.MAX_VALUE / 2 / 8 * 8
            })
    void randomStepsGiveTheSameBytes(long position) {
        long seed = Seeds.of("randomStepsGiveTheSameBytes at " + position);
        for (int capacity : new int[] {1_024, 4_096, 65_536}) {
            run(new TwinRings(capacity, position), new Random(seed), Scale.of(3_000), capacity > 10_000 ? 16 : 1);
        }
    }

    private static void run(TwinRings twins, Random random, int steps, int compareEach) {
        for (int step = 0; step < steps; step++) {
            int kind = random.nextInt(10);
            if (kind < 5) {
                twins.claim(payload(random, twins.most()));
            } else if (kind < 8 && twins.open() > 0) {
                twins.commit(random);
            } else if (kind == 8 && twins.open() > 0) {
                twins.abort(random);
            } else if (kind == 9) {
                if (random.nextBoolean()) {
                    twins.read(1 + random.nextInt(20));
                } else {
                    twins.readAsWeDo();
                }
            }
            if (step % compareEach == 0) {
                twins.compare();
            }
        }
        twins.compare();
    }

    private static int payload(Random random, int most) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> most;
            case 2 -> most - random.nextInt(8);
            default -> random.nextInt(Math.min(most, 100));
        };
    }

    @Test
    void aFullRingRefusesAndTakesAgain() {
        TwinRings twins = new TwinRings(1_024, (1L << 31) - 512);
        Random random = new Random(1);
        int claimed = 0;
        while (twins.claim(24)) {
            claimed++;
        }
        assertEquals(32, claimed);
        assertFalse(twins.claim(0));
        while (twins.open() > 0) {
            twins.commit(random);
        }
        twins.compare();
        assertTrue(twins.read(1) > 0);
        assertTrue(twins.claim(24));
        twins.compare();
    }

    /** Padding at the end, with and without room at the start. */
    @Test
    void aRecordNeverWraps() {
        Random random = new Random(1);
        for (int before = 0; before < 1_024; before += 8) {
            TwinRings twins = new TwinRings(1_024, before);
            assertTrue(twins.claim(120));
            twins.claim(100);
            while (twins.claim(120)) {
                twins.compare();
            }
            twins.compare();
            while (twins.open() > 0) {
                twins.commit(random);
            }
            twins.read(4);
            twins.claim(120);
            twins.compare();
        }
    }

    /** Producers of ours, the reader is Agrona's: what one writes the other reads, under contention. */
    @Test
    void agronaReadsWhatOurProducersWrite() {
        int each = Scale.of(200_000);
        int capacity = 8_192;
        UnsafeBuffer buffer =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned((int) ClaimRing.lengthBytes(capacity), 64));
        List<FutureTask<Void>> producers = IntStream.range(0, 4)
                .mapToObj(producer -> new FutureTask<Void>(() -> {
                    ClaimRing ring = new ClaimRing(buffer.addressOffset(), capacity);
                    for (int i = 1; i <= each; i++) {
                        produce(ring, producer, i);
                    }
                    return null;
                }))
                .toList();
        producers.forEach(task -> new Thread(task, "producer").start());
        ManyToOneRingBuffer reader = new ManyToOneRingBuffer(buffer);
        int[] last = new int[4];
        Await.until("all are read", () -> {
            reader.read((type, message, index, length) -> {
                int number = message.getInt(index);
                assertEquals(last[type - 1] + 1, number, "of producer " + (type - 1));
                for (int i = 4; i + 4 <= length; i += 4) {
                    assertEquals(number, message.getInt(index + i), "torn");
                }
                last[type - 1] = number;
            });
            return IntStream.of(last).allMatch(number -> number == each);
        });
        producers.forEach(Await::value);
    }

    private static void produce(ClaimRing ring, int producer, int number) {
        int words = 1 + number % 13;
        int length = 8 + words * 4;
        long record;
        while ((record = ring.claim((length + 7) & ~7)) <= 0) {
            Thread.yield();
        }
        ClaimRing.open(record, length);
        for (int i = 0; i < words; i++) {
            Mem.putInt(record + 8 + i * 4L, number);
        }
        Mem.putInt(record + 4, producer + 1);
        if (number % 7 == 0) {
            // Given up after it was written: the reader must not see it. The number is sent again.
            ClaimRing.abort(record, length);
            while ((record = ring.claim(16)) <= 0) {
                Thread.yield();
            }
            ClaimRing.open(record, 12);
            Mem.putInt(record + 8, number);
            Mem.putInt(record + 4, producer + 1);
            ClaimRing.commit(record, 12);
            return;
        }
        ClaimRing.commit(record, length);
    }
}
