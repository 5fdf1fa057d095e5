package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RegimeTest {
    @Test
    void bothPingsTell() {
        assertEquals(Regime.NEAR, Regime.of(110, 120));
        assertEquals(Regime.FAR, Regime.of(430, 470));
    }

    @Test
    void pingsThatDisagreeTellNothing() {
        assertEquals(Regime.MIXED, Regime.of(110, 430));
        assertEquals(Regime.MIXED, Regime.of(430, 110));
    }

    @Test
    void theBoundaryIsFar() {
        assertEquals(Regime.FAR, Regime.of(Regime.FAR_NS, Regime.FAR_NS));
        assertEquals(Regime.NEAR, Regime.of(Regime.FAR_NS - 0.1, 20));
    }

    @Test
    void aPingTakesTime() throws InterruptedException {
        assertTrue(Ping.roundTripNs() > 0);
    }
}
