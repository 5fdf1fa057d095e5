package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BarTest {
    @Test
    void theLimitItselfIsAtLeastAndAtMost() {
        assertTrue(Bar.atLeast(0.8).holds(0.8));
        assertFalse(Bar.atLeast(0.8).holds(0.79));
        assertTrue(Bar.atMost(1.5).holds(1.5));
        assertFalse(Bar.atMost(1.5).holds(1.51));
    }

    @Test
    void theLimitItselfIsNeitherAboveNorBelow() {
        assertFalse(Bar.above(500).holds(500));
        assertTrue(Bar.above(500).holds(500.1));
        assertFalse(Bar.below(0.01).holds(0.01));
        assertTrue(Bar.below(0.01).holds(0));
    }

    @Test
    void noNumberHoldsNoBar() {
        assertFalse(Bar.atLeast(0).holds(Double.NaN));
        assertFalse(Bar.atMost(1).holds(Double.NaN));
        assertFalse(Bar.reported().holds(Double.NaN));
    }

    @Test
    void aReportedFigureAsksNothing() {
        assertFalse(Bar.reported().asks());
        assertTrue(Bar.reported().holds(1e9));
    }

    @Test
    void theText() {
        assertEquals(">= 0.8", Bar.atLeast(0.8).text());
        assertEquals("<= 1.5", Bar.atMost(1.5).text());
        assertEquals("> 500", Bar.above(500).text());
        assertEquals("< 5", Bar.below(5).text());
        assertEquals("reported", Bar.reported().text());
    }
}
