package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.talaria.TalariaException;
import org.talaria.message.Codec;

/** Bytes that nobody wrote, and messages with flipped bits, give a value or a {@link TalariaException}: nothing else, and no read outside the message. */
class DamageTest {
    private static final int RECORDS = 6;
    private static final int DAMAGES = 400;

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void damageIsAValueOrAnException(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        try (Schemas schemas = Schemas.random(seed, RECORDS)) {
            for (Class<?> type : schemas.types()) {
                Codec<Object> codec = schemas.codec(type);
                RandomValues values = new RandomValues(seed);
                for (int i = 0; i < DAMAGES; i++) {
                    decode(codec, damaged(Bytes.encode(codec, values.record(type)), random));
                }
                shortened(codec, Bytes.encode(codec, values.record(type)));
            }
        }
    }

    /** A message that is read in spite of its damage is a message: it can be written again. */
    private static void decode(Codec<Object> codec, byte[] bytes) {
        Object read;
        try {
            read = Bytes.with(bytes, codec::decode);
        } catch (TalariaException expected) {
            return;
        }
        byte[] again = Bytes.encode(codec, read);
        assertEquals(Dump.of(read), Dump.of(Bytes.with(again, codec::decode)));
    }

    private static void shortened(Codec<Object> codec, byte[] bytes) {
        for (int length = 0; length < codec.schema().fixedLength(); length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThrows(TalariaException.class, () -> Bytes.with(part, codec::decode));
        }
        if (!codec.schema().variable()) {
            assertThrows(
                    TalariaException.class, () -> Bytes.with(Arrays.copyOf(bytes, bytes.length + 8), codec::decode));
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        switch (random.nextInt(3)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            default -> word(bytes, random);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /** Overwrites a word with a number that hurts where it is taken for an offset, a length or an ordinal. */
    private static void word(byte[] bytes, Random random) {
        int[] numbers = {
            0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, bytes.length, bytes.length - 8, bytes.length + 8, 8, 4
        };
        int number = numbers[random.nextInt(numbers.length)];
        int at = random.nextInt(bytes.length / 4) * 4;
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (number >> 8 * i);
        }
    }
}
