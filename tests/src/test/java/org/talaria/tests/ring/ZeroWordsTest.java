package org.talaria.tests.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.talaria.internal.memory.Mem;

/** What a claim finds zeroed, and what lies beside it. */
class ZeroWordsTest {
    private static final int MOST_WORDS = 20;

    static IntStream words() {
        return IntStream.rangeClosed(0, MOST_WORDS);
    }

    @ParameterizedTest
    @MethodSource("words")
    void theseWordsAndNoOthers(int words) {
        long memory = Mem.allocate((MOST_WORDS + 2) * 8);
        try {
            for (int i = 0; i < MOST_WORDS + 2; i++) {
                Mem.putLong(memory + 8L * i, -1);
            }
            Mem.zeroWords(memory + 8, 8 * words);
            for (int i = 0; i < MOST_WORDS + 2; i++) {
                assertEquals(i >= 1 && i <= words ? 0 : -1, Mem.getLong(memory + 8L * i), "word " + i);
            }
        } finally {
            Mem.free(memory);
        }
    }
}
