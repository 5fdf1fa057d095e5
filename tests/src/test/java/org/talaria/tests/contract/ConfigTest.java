package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineKind;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.journal.Journal;
import org.talaria.tests.messages.Blob;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A configuration out of range is refused where it is set, with name, value and range. */
class ConfigTest {
    @TempDir
    Path folder;

    private static void refused(Executable set, String name, String value, String most) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, set);
        for (String part : List.of(name, value, most)) {
            assertTrue(thrown.getMessage().contains(part), () -> thrown.getMessage() + " should say " + part);
        }
    }

    @Test
    void eachValueHasARange() {
        TalariaConfig config = TalariaConfig.config();
        refused(() -> config.workers(0), "workers", "0", "32");
        refused(() -> config.workers(33), "workers", "33", "32");
        refused(() -> config.shards(0), "shards", "0", "1024");
        refused(() -> config.shards(1_025), "shards", "1025", "1024");
        refused(() -> config.ringMemoryBytes(1), "ringMemoryBytes", "1", "65536");
        refused(() -> config.ringCapacityBytes(2_048), "ringCapacityBytes", "2048", "4096");
        refused(() -> config.ringCapacityBytes(5_000), "ringCapacityBytes", "5000", "power of two");
        refused(() -> config.maxMessageBytes(63), "maxMessageBytes", "63", "64");
        refused(() -> config.maxEndpoints(15), "maxEndpoints", "15", "16");
        refused(() -> config.waiters(-1), "waiters", "-1", "16");
        refused(() -> config.batchRecords(0), "batchRecords", "0", "1");
        refused(() -> config.blockBytes(0), "blockBytes", "0", "1024");
        refused(() -> config.patience(Duration.ofMillis(1)), "patience", "1 ms", "100 µs");
        refused(() -> config.blockDeadline(Duration.ofNanos(-1)), "blockDeadline", "-1 ns", "36,500 days");
        refused(() -> config.closeDeadline(Duration.ofNanos(-1)), "closeDeadline", "-1 ns", "36,500 days");
        refused(() -> config.overflowHardBytes(0), "overflowHardBytes", "0", "65536");
        refused(() -> Mailbox.bounded(0, BackPressure.FAIL), "mailbox", "0", "1");
        refused(() -> ActorOptions.options().onShard(-1), "onShard", "-1", "0");
        refused(() -> Journal.at(folder).rollBytes(5), "rollBytes", "5", "1048576");
    }

    @Test
    void optionsAreImmutable() {
        ActorOptions defaults = ActorOptions.options();
        ActorOptions bounded = defaults.mailbox(Mailbox.bounded(3, BackPressure.FAIL));
        assertEquals(0, defaults.mailbox().capacity());
        assertEquals(3, bounded.mailbox().capacity());
        assertEquals(ActorOptions.Placement.ROUND_ROBIN, bounded.placement());
        assertEquals(ActorOptions.Placement.EXPLICIT, bounded.onShard(1).placement());
    }

    @BothEngines
    void anEngineKeepsACopyOfItsConfiguration(Fabric fabric) {
        TalariaConfig config = fabric.small().shards(1);
        try (Talaria talaria = Talaria.open(config)) {
            config.shards(64).closeDeadline(Duration.ZERO).invoker();
            ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> {});
            ref.tell(new Note(1)).orThrow();
            assertEquals(1, Fabric.settle(talaria).handled());
        }
    }

    @BothEngines
    void aShardThatIsNoneIsRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(2));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> talaria.with(ActorOptions.options().onShard(2)).actor("a", Note.class, note -> {}));
        assertTrue(refused.getMessage().contains("2"), refused.getMessage());
        assertEquals(0, talaria.stats().endpoints());
    }

    /** The largest message is at most an eighth of a ring, whatever was asked for. */
    @BothEngines
    void theLargestMessageFitsARing(Fabric fabric) {
        Talaria talaria =
                fabric.invoker(config -> config.ringCapacityBytes(4_096).maxMessageBytes(4_096));
        ActorRef<Blob> ref = talaria.actor("blobs", Blob.class, blob -> {});
        Fabric.drain(talaria);
        assertEquals(Outcome.ACCEPTED, ref.tell(new Blob(new byte[400])));
        assertEquals(Outcome.TOO_LARGE, ref.tell(new Blob(new byte[512])));
        Fabric.drain(talaria);
    }

    @BothEngines
    void theRegionIsRemovedOnClose(Fabric fabric) throws Exception {
        Talaria talaria = fabric.open(config -> config.regionFolder(folder));
        assertFalse(files().isEmpty(), "the region lies where it was told to");
        for (Path file : files()) {
            String rights = java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertEquals("rw-------", rights, file.toString());
        }
        talaria.close();
        assertEquals(List.of(), files());
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @BothEngines
    void aRegionFolderThatIsNoneIsNamed(Fabric fabric) {
        Path nowhere = folder.resolve("not").resolve("there");
        TalariaException refused =
                assertThrows(TalariaException.class, () -> fabric.open(config -> config.regionFolder(nowhere)));
        assertTrue(refused.getMessage().contains(nowhere.toString()), refused.getMessage());
    }

    @BothEngines
    void manyEnginesLiveSideBySide(Fabric fabric) {
        int[] sum = new int[1];
        for (int i = 0; i < 4; i++) {
            Talaria talaria = fabric.invoker();
            talaria.actor("same name", Note.class, note -> sum[0] += note.number())
                    .tell(new Note(i))
                    .orThrow();
            Fabric.drain(talaria);
        }
        assertEquals(6, sum[0]);
    }

    @Test
    void theJavaEngineSaysThatItIsOneAndWhy() {
        try (Talaria talaria = Talaria.open(
                TalariaConfig.config().engine(EngineKind.JAVA).shards(1).shutdownHook(false))) {
            assertEquals(EngineKind.JAVA, talaria.engine());
            assertFalse(talaria.engineReason().isEmpty());
        }
    }
}
