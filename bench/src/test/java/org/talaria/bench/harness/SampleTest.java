package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Sample.Side;

class SampleTest {
    @Test
    void aLineIsReadBackAsItWas() {
        Sample sample = new Sample("tell-vs-agrona", 64, 3, Side.PEER, 12.345678901, 4_000_000, 110.25, 440.5);
        assertEquals(sample, Sample.parse(sample.line()));
    }

    @Test
    void anotherLineIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Sample.parse("tell-vs-agrona\t64"));
    }
}
