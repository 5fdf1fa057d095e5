package org.talaria.bench.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Benchmark;
import org.talaria.bench.harness.Plan;

class CatalogueTest {
    @Test
    void everyRowOfTheTableIsThere() {
        List<String> names = Catalogue.all().stream().map(Benchmark::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), "names are unique");
        assertTrue(
                names.containsAll(List.of(
                        "tell-vs-agrona",
                        "batch-vs-agrona",
                        "record-vs-agrona",
                        "tell-vs-disruptor",
                        "tell-vs-pekko",
                        "tell-vs-jctools",
                        "handler-vs-agrona",
                        "callback",
                        "jni-call",
                        "relay-race",
                        "call-vs-rings",
                        "call-vs-pekko",
                        "journal-vs-chronicle",
                        "allocation",
                        "idle",
                        "actors-idle",
                        "demo",
                        "unused-features",
                        "two-workers",
                        "skew",
                        "skew-vs-pekko",
                        "moving",
                        "wake-up",
                        "lanes",
                        "critical-latency",
                        "timers",
                        "monitoring")),
                names.toString());
    }

    @Test
    void aTableHasItsOwnRows() {
        assertEquals(
                Catalogue.all().size(),
                Catalogue.path().size() + Catalogue.dispatch().size());
        assertThrows(IllegalArgumentException.class, () -> Catalogue.of("skew", Catalogue.path()));
        assertEquals("skew", Catalogue.of("skew", Catalogue.dispatch()).name());
    }

    @Test
    void theBars() {
        assertEquals(">= 1", Catalogue.of("tell-vs-agrona").bar(64).text());
        assertEquals(">= 0.8", Catalogue.of("tell-vs-agrona").bar(16).text());
        assertEquals(">= 0.65", Catalogue.of("record-vs-agrona").bar(16).text());
        assertEquals(">= 1.2", Catalogue.of("handler-vs-agrona").bar(64).text());
        assertEquals("<= 0.2", Catalogue.of("call-vs-pekko").bar(16).text());
        assertEquals("reported", Catalogue.of("jni-call").bar(16).text());
        assertEquals(">= 0.97", Catalogue.of("unused-features").bar(16).text());
        assertEquals(15, Catalogue.of("unused-features").enough(Plan.QUICK));
        assertEquals(">= 1.7", Catalogue.of("two-workers").bar(0).text());
        assertEquals(">= 1.3", Catalogue.of("skew").bar(0).text());
        assertEquals("<= 0.25", Catalogue.of("skew-vs-pekko").bar(0).text());
        assertEquals("<= 1.5", Catalogue.of("wake-up").bar(0).text());
        assertEquals(">= 0.95", Catalogue.of("moving").bar(0).text());
        assertEquals(">= 0.8", Catalogue.of("lanes").bar(0).text());
        assertEquals(">= 2", Catalogue.of("timers").bar(0).text());
        assertEquals(">= 0.99", Catalogue.of("monitoring").bar(16).text());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Catalogue.of("tell"));
        assertTrue(refused.getMessage().contains("tell-vs-agrona"), refused.getMessage());
    }
}
