package org.talaria.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Regime;
import org.talaria.bench.peer.Setting;

class CellTest {
    private static Cell cell(boolean higherIsBetter, double near, double far) {
        Cell cell = new Cell("g", 16, Setting.of("a", 1), higherIsBetter);
        cell.add(Regime.NEAR, near);
        cell.add(Regime.FAR, far);
        return cell;
    }

    @Test
    void theScoreIsTheGeometricMeanOverTheRegimes() {
        assertEquals(Math.log(20), cell(true, 40, 10).score(), 1e-9);
        assertTrue(cell(true, 20, 20).score() > cell(true, 39, 10).score());
    }

    @Test
    void lessIsBetterForLatencies() {
        assertTrue(cell(false, 100, 100).score() > cell(false, 200, 100).score());
    }

    @Test
    void whatWasNotSeenIsWorst() {
        Cell nothing = new Cell("g", 16, Setting.of("a", 1), true);
        nothing.add(Regime.MIXED, 1_000);
        assertEquals(Double.NEGATIVE_INFINITY, nothing.score());
    }
}
