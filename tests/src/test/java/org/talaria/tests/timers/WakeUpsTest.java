package org.talaria.tests.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.RegionFile;

/** Whoever polls timers is woken for one that is due before all others, and for no other. In an invoked engine nobody sleeps, and the word that would wake is counted all the same. */
class WakeUpsTest {
    @TempDir
    Path folder;

    @BothEngines
    void onlyTheEarliestWakes(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.regionFolder(folder));
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {});
        RegionFile region = RegionFile.in(folder);
        int before = region.completionWord();
        talaria.timers().once(ref, new Note(1), Duration.ofSeconds(10));
        assertEquals(before + 1, region.completionWord(), "the first");
        for (int i = 0; i < 1_000; i++) {
            Timer timer = talaria.timers().once(ref, new Note(1), Duration.ofSeconds(10 + i % 7));
            if (i % 2 == 0) {
                timer.cancel();
            }
        }
        assertEquals(before + 1, region.completionWord(), "later ones");
        talaria.timers().once(ref, new Note(1), Duration.ofSeconds(10).minusNanos(1));
        assertEquals(before + 2, region.completionWord(), "an earlier one");
    }
}
