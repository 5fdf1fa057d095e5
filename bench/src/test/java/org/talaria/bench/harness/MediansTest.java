package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void theMiddleOfAnOddNumber() {
        assertEquals(3, Medians.median(9, 1, 3));
    }

    @Test
    void theMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertEquals(2.5, Medians.median(4, 1, 2, 3));
    }

    @Test
    void theValuesStayAsTheyWere() {
        double[] values = {3, 1, 2};
        assertEquals(2, Medians.median(values));
        assertEquals(3, values[0]);
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, Medians::median);
        assertThrows(IllegalArgumentException.class, () -> Medians.percentile(new long[4], 0, 0.5));
    }

    @Test
    void aPercentileLooksAtTheFirstValuesOnly() {
        long[] values = {50, 10, 40, 20, 30, -1, -1};
        assertEquals(30, Medians.percentile(values, 5, 0.5));
        assertEquals(50, Medians.percentile(values, 5, 1.0));
    }
}
