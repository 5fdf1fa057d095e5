package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.journal.app.BankMessages.Receipt;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What a journaled engine refuses, and what it does without its journal. */
class JournalContractTest {
    /** No message: travels by reference. */
    private record Parcel(int number) {}

    @TempDir
    Path folder;

    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

    private Talaria open(EngineKind kind, Journal journal) {
        return Talaria.open(config().engine(kind)
                .shards(2)
                .ringCapacityBytes(64 << 10)
                .journal(journal)
                .onDeadLetter(letters::add));
    }

    private Verdict verdict(Path journal) {
        return Verifier.verify(journal, Options.defaults(), Progress.NONE);
    }

    /** Nothing is silently unjournaled: an object by reference is refused, from a thread and from a handler. */
    private void refusesReferences(EngineKind kind) {
        List<Parcel> got = new ArrayList<>();
        try (Talaria talaria = open(kind, Journal.at(folder))) {
            ActorRef<Parcel> parcels = talaria.actor("parcels", Parcel.class, parcel -> got.add(parcel));
            TalariaException refused = assertThrows(TalariaException.class, () -> parcels.tell(new Parcel(1)));
            assertTrue(
                    refused.getMessage().contains(Parcel.class.getName())
                            && refused.getMessage().contains("cannot be journaled")
                            && refused.getMessage().contains("@Message"),
                    refused.getMessage());
            ActorRef<Receipt> sender = talaria.actor("sender", Receipt.class, receipt -> parcels.tell(new Parcel(2)));
            sender.tell(new Receipt(1, 1)).orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
            assertEquals(1, talaria.stats().accepted());
        }
        assertEquals(List.of(), got);
        assertEquals(
                List.of(DeadLetter.Reason.HANDLER_FAILED),
                letters.stream().map(DeadLetter::reason).toList());
        Verdict verdict = verdict(folder);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertEquals(1, verdict.figures().messages());
    }

    @Test
    void shouldRefuseReferences() {
        refusesReferences(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldRefuseReferencesInTheNativeEngine() {
        refusesReferences(EngineKind.NATIVE);
    }

    /** Nothing has happened yet that could go on: a journal that cannot be opened is an error, with CONTINUE as well. */
    @Test
    void shouldRefuseToOpenWhereTheFolderCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Journal.OnFailure policy : Journal.OnFailure.values()) {
            TalariaException refused = assertThrows(TalariaException.class, () -> open(
                            EngineKind.JAVA, Journal.at(file).onFailure(policy))
                    .close());
            assertTrue(refused.getMessage().contains("cannot write the journal"), refused.getMessage());
        }
    }
}
