package org.talaria.bench.pipe;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayCheckTest {
    private final RelayCheck check = new RelayCheck(1);

    @BeforeEach
    void aRaceOfTwoHops() {
        check.restart(1);
    }

    @Test
    void aTokenIsPassedOnUntilItsLastHop() {
        assertTrue(check.passes(0, 0, 1, 0));
        assertFalse(check.passes(0, 1, 1, 1));
        assertDoesNotThrow(this::verdict);
    }

    @Test
    void aSkippedActorTells() {
        assertTrue(check.passes(0, 0, 1, 0));
        assertFalse(check.passes(0, 1, 1, 2));
        assertThrows(IllegalStateException.class, this::verdict);
    }

    @Test
    void aDoubledHopTells() {
        assertTrue(check.passes(0, 0, 1, 0));
        assertTrue(check.passes(0, 0, 1, 0));
        assertFalse(check.passes(0, 1, 1, 1));
        assertThrows(IllegalStateException.class, this::verdict);
    }

    @Test
    void aHopThatNobodySawTells() {
        assertFalse(check.passes(0, 1, 1, 1));
        assertThrows(IllegalStateException.class, this::verdict);
    }

    private void verdict() throws InterruptedException {
        check.await();
        check.verify();
    }
}
