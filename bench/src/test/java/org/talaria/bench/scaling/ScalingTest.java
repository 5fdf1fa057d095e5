package org.talaria.bench.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingTest {
    /** Two rounds, in which each worker more brings this share of the first. */
    private static Scaling of(int cores, double share) {
        Scaling scaling = new Scaling(cores);
        for (double alone : new double[] {4, 8}) {
            scaling.measurable().forEach(n -> scaling.add(n, alone * (1 + (n - 1) * share)));
        }
        return scaling;
    }

    @Test
    void theEfficiencyIsOfTheSameRound() {
        Scaling scaling = of(2, 0.5);
        assertEquals(List.of(0.75, 0.75), scaling.efficiencies(2));
        assertEquals(0.75, scaling.efficiency(2));
        assertEquals(9, scaling.rate(2));
    }

    @Test
    void onlyWhatHasCoresIsMeasuredAndTheRestIsSaid() {
        assertEquals(List.of(1, 2), of(3, 1).measurable());
        String text = of(2, 1).text();
        assertTrue(text.contains("2 cores: 4, 8, 16 workers were not measured, and nothing is claimed"), text);
        assertTrue(text.contains("the bar is on 8"), text);
        assertFalse(text.contains("yes"), text);
        assertEquals(2, of(2, 1).json().size());
    }

    @Test
    void theBarIsOnEight() {
        assertTrue(of(8, 0.9).text().contains("yes"));
        assertTrue(of(8, 0.5).text().contains("NO"));
        assertFalse(of(16, 0.9).text().contains("not measured"));
        assertEquals(Boolean.TRUE, of(8, 0.9).json().get(3).get("holds"));
    }

    @Test
    void thePlotHasADotARoundAndTheBar() {
        String svg = ScalingPlot.svg("a < b", of(4, 0.5));
        assertTrue(svg.contains("a &lt; b"));
        assertEquals(3 * 2, svg.split("<circle", -1).length - 1);
        assertEquals(1, svg.split("#c0392b", -1).length - 1);
        assertTrue(svg.endsWith("</svg>\n"));
    }
}
