package org.talaria.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.EndpointFigures;
import org.talaria.Talaria;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.SampleDescriptor;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Who has a slot among the samples: what is told of more endpoints than there are slots, of long names, and of rows that are used again. */
class SampleSlotsTest {
    private static Cell<?> cell(ActorRef<Note> ref) {
        return ((BaseRef<?>) ref).cell();
    }

    private static int slot(Cell<?> cell) {
        return Mem.getInt(cell.row() + EndpointDescriptor.SLOT_OFFSET);
    }

    private static List<EndpointFigures> found(Talaria talaria) {
        return talaria.monitor().snapshot().endpoints();
    }

    @BothEngines
    void theOneFoundLongestAgoGivesWay(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Samples samples = ((Engine) talaria).samples();
        List<Cell<?>> cells = new ArrayList<>();
        for (int i = 0; i < SampleDescriptor.SLOTS + 10; i++) {
            cells.add(cell(talaria.actor("e-" + i, Note.class, note -> {})));
            samples.found(cells.get(i), 0, 1_000 + i);
        }
        int gone = SampleDescriptor.SLOTS + 10 - (SampleDescriptor.SLOTS - 1);
        assertEquals(SampleDescriptor.SLOTS - 1, found(talaria).size());
        for (int i = 0; i < cells.size(); i++) {
            assertEquals(i < gone, slot(cells.get(i)) == 0, "e-" + i);
        }
        assertTrue(found(talaria).stream().noneMatch(figures -> figures.name().equals("e-" + (gone - 1))));
        assertTrue(found(talaria).stream().anyMatch(figures -> figures.name().equals("e-" + gone)));
        // One that comes again takes the place of the next
        samples.found(cells.get(0), 1, 9_000);
        assertEquals(0, slot(cells.get(gone)));
        EndpointFigures first = found(talaria).stream()
                .filter(figures -> figures.name().equals("e-0"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, first.samples());
        assertEquals(1, first.shard());
        assertEquals(9_000, first.lastSampleMs());
    }

    @BothEngines
    void aLongNameIsCutOffBetweenCharacters(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Samples samples = ((Engine) talaria).samples();
        String name = "x" + "€".repeat(40);
        samples.found(cell(talaria.actor(name, Note.class, note -> {})), 0, 1);
        // 1 + 31 · 3 bytes: one more character would be 97
        assertEquals("x" + "€".repeat(31), found(talaria).get(0).name());
    }

    @BothEngines
    void theNextEndpointOfARowHasASlotOfItsOwn(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.maxEndpoints(16));
        Samples samples = ((Engine) talaria).samples();
        List<Cell<?>> cells = new ArrayList<>();
        for (int i = 0; i < 2 * 16; i++) {
            String name = "tenant-" + i;
            ActorRef<Note> tenant = talaria.actor(name, Note.class, (note, context) -> context.stop());
            cells.add(cell(tenant));
            samples.found(cell(tenant), 0, i);
            tenant.tell(new Note(i)).orThrow();
            Fabric.drain(talaria);
        }
        assertTrue(cells.get(31).generation() > 1, "no row was used again");
        assertEquals(32, found(talaria).size());
        assertTrue(found(talaria).stream().allMatch(figures -> figures.samples() == 1 && figures.handled() == 1));
    }

    @BothEngines
    void timesGoIntoTheBucketOfTheirPowerOfTwo(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Samples samples = ((Engine) talaria).samples();
        Cell<?> cell = cell(talaria.actor("timed", Note.class, note -> {}));
        samples.found(cell, 0, 1);
        samples.took(slot(cell), 98, 98 * 1_000);
        assertEquals(1_024, found(talaria).get(0).p99Ns());
        samples.took(slot(cell), 1, 1_024);
        assertEquals(1_024, found(talaria).get(0).p50Ns());
        assertEquals(2_048, found(talaria).get(0).p99Ns());
        samples.took(slot(cell), 1, Long.MAX_VALUE);
        assertEquals(2_048, found(talaria).get(0).p99Ns());
        samples.took(slot(cell), 1, Long.MAX_VALUE);
        assertEquals(1L << SampleDescriptor.BUCKETS, found(talaria).get(0).p99Ns());
    }
}
