package org.talaria.bench.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoView;

@Timeout(60)
class RegionProbeTest {
    @Test
    void itReadsWhatTheEngineCounts() {
        try (Talaria talaria = Talaria.open(Ours.config().workers(1))) {
            RegionProbe probe = RegionProbe.open();
            AtomicInteger handled = new AtomicInteger();
            ActorRef<Two> actor = talaria.actor("counter", TwoView.TYPE, message -> handled.incrementAndGet());
            actor.tell(new Two(0, 1)).orThrow();
            while (handled.get() == 0 || !probe.isParked(0)) {
                Thread.onSpinWait();
            }
            assertEquals(talaria.stats().turns(), probe.read(0, RegionProbe.Word.TURNS));
            assertEquals(0, probe.read(0, RegionProbe.Word.STEALS));
            assertTrue(probe.read(0, RegionProbe.Word.TURNS) > 0);
            // The count follows the joining of the set
            while (probe.read(0, RegionProbe.Word.PARKS) == 0) {
                Thread.onSpinWait();
            }
            assertTrue(talaria.stats().parks() > 0);
        }
    }

    @Test
    void noneAndTwoEnginesAreRefused() {
        assertThrows(IllegalStateException.class, RegionProbe::open);
        try (Talaria one = Talaria.open(Ours.config());
                Talaria two = Talaria.open(Ours.config())) {
            assertThrows(IllegalStateException.class, RegionProbe::open);
            assertEquals(one.engine(), two.engine());
        }
    }
}
