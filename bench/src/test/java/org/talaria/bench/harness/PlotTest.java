package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Sample.Side;
import org.xml.sax.InputSource;

class PlotTest {
    private static final Row PAIR =
            new Row("tell", 16, Regime.NEAR, 30, "M/s", "Agrona <raw> & co", 20, 1.5, Bar.atLeast(1), true, 5);
    private static final Row ALONE =
            new Row("idle", 0, Regime.ANY, 0.002, "core", "", Double.NaN, Double.NaN, Bar.below(0.01), true, 5);
    private static final Row MISSING =
            new Row("demo", 0, Regime.ANY, Double.NaN, "s", "", Double.NaN, Double.NaN, Bar.below(5), false, 0);

    @Test
    void itIsWellFormedWhateverTheFigures() {
        Sample sample = new Sample("tell", 16, 0, Side.OURS, 31, 1, 100, 100);
        String svg = Plot.svg("a <title> & more", List.of(PAIR, ALONE, MISSING), List.of(sample));
        assertDoesNotThrow(() -> DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))));
        assertTrue(svg.contains("<circle"), "our sample is a dot");
        assertTrue(svg.contains("× 1.50"), svg);
    }
}
