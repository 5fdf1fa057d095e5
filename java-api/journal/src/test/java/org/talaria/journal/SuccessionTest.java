package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talaria.TalariaException;
import org.talaria.journal.JournalForge.Item;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EntryTag;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.verify.Offender;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Order holds across the ids of one sender (R27): an engine on paper, whose ids are used up early, and what is wrong with its journal. */
class SuccessionTest {
    private static final int MOST = 40;
    private static final int ID = Integer.BYTES;
    private static final int SUCCEEDS = 2 * Integer.BYTES;
    private static final int INDEX = 3 * Integer.BYTES;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private JournalForge forge;
    private Directory directory;

    private static void write(Path journal, Journal.Mode mode, long seed) {
        try (FakeEngine engine = new FakeEngine(Journal.at(journal).mode(mode), seed, 4, 2, 64 << 10)) {
            engine.succeedBehind(MOST);
            engine.spawn(8);
            for (int i = 0; i < 20; i++) {
                engine.run(100);
                engine.writer.flush();
            }
            engine.replace(3);
            engine.sendStale();
            engine.run(500);
            engine.drain();
            assertNull(engine.failure.get());
        }
    }

    @BeforeAll
    static void writeHealthy() {
        write(shared.resolve("healthy"), Journal.Mode.ASYNC, 7);
    }

    @BeforeEach
    void open() {
        forge = JournalForge.of(shared.resolve("healthy"));
        directory = JournalIndex.of(shared.resolve("healthy")).last().directory();
    }

    private static Verdict verify(Path journal) {
        return Verifier.verify(journal, new Options(10_000), Progress.NONE);
    }

    private List<Offender> refuted(Check check) throws IOException {
        forge.write(folder);
        Verdict verdict = verify(folder);
        assertEquals(Verdict.Result.REFUTED, verdict.result(), verdict.text());
        List<Offender> found = verdict.offenders().stream()
                .filter(offender -> offender.check() == check)
                .toList();
        assertTrue(!found.isEmpty(), verdict.text());
        return found;
    }

    private boolean succeeds(int later, int earlier, int generations) {
        int id = later;
        for (int i = 0; i < generations; i++) {
            SenderInfo info = directory.sender(id);
            id = info == null ? 0 : info.succeeds();
        }
        return id == earlier;
    }

    @ParameterizedTest
    @EnumSource(Journal.Mode.class)
    void shouldProve(Journal.Mode mode) {
        for (long seed = 1; seed <= 3; seed++) {
            Path journal = folder.resolve("j" + seed);
            write(journal, mode, seed);
            Verdict verdict = verify(journal);
            assertEquals(Verdict.Result.PROVED, verdict.result(), "seed " + seed + ": " + verdict.text());
        }
    }

    @Test
    void shouldNameTheSenderOfEachId() {
        long endpoints = directory.senders().stream()
                .filter(sender -> sender.isSuccessor() && !sender.isThread())
                .count();
        assertTrue(endpoints > 5, () -> directory.senders().toString());
        Show show = Show.of(shared.resolve("healthy"));
        int ids = 0;
        for (SenderInfo sender : directory.senders()) {
            SenderInfo before = directory.sender(sender.succeeds());
            assertEquals(sender.isSuccessor() ? before.name() : sender.name(), sender.name());
            ids += sender.name().equals("thread-1") ? 1 : 0;
        }
        assertTrue(ids > 5, () -> directory.senders().toString());
        long shown = show.each(Filter.all().sender("thread-1"), message -> true);
        assertTrue(shown > (ids - 1) * (long) MOST && shown <= ids * (long) MOST, shown + " of " + ids + " ids");
    }

    /** A message of an id in the place of one of its successor, or of that one's successor, to the same receiver, and the other way round. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldRefuteAMessageBehindOneOfALaterId(int generations) throws IOException {
        // All that was said of senders first: so that it is their messages that offend.
        List<Item> entries = forge.items.stream()
                .filter(item -> item.kind == ExcerptDescriptor.ENTRIES)
                .toList();
        forge.items.removeAll(entries);
        forge.items.addAll(1, entries);
        Record[] pair = JournalForge.pair(
                forge.records(),
                (a, b) -> succeeds(b.sender(), a.sender(), generations)
                        && a.target() == b.target()
                        && a.generation() == b.generation()
                        && a.length() == b.length()
                        && !a.hasCause()
                        && !b.hasCause());
        byte[] first = pair[0].bytes();
        pair[0].bytes(pair[1].bytes());
        pair[1].bytes(first);
        long late = pair[1].id();
        List<Offender> found = refuted(Check.ORDER);
        assertTrue(found.stream().anyMatch(one -> one.recordId() == late), found::toString);
        assertTrue(found.get(0).text().contains("under a later id"), found::toString);
    }

    /** Bodies of the entries that say of a succession. */
    private List<Item> successions() {
        return forge.items.stream()
                .filter(item -> item.kind == ExcerptDescriptor.ENTRIES && item.body.getInt(0) == EntryTag.SUCCEEDS)
                .toList();
    }

    private void refutedByText(String part) throws IOException {
        List<Offender> found = refuted(Check.ORDER);
        assertTrue(found.stream().anyMatch(offender -> offender.text().contains(part)), found::toString);
    }

    @Test
    void shouldRefuteAnEntryBehindTheFirstMessage() throws IOException {
        Item late = successions().get(0);
        assertTrue(forge.items.remove(late));
        forge.items.add(forge.items.size() - 1, late);
        refutedByText("only behind its first message");
    }

    @Test
    void shouldRefuteTheSuccessorOfALaterId() throws IOException {
        ByteBuffer body = successions().get(0).body;
        body.putInt(SUCCEEDS, body.getInt(ID));
        refutedByText("which is no earlier one");
    }

    @Test
    void shouldRefuteTwoSuccessorsOfOneId() throws IOException {
        List<Item> all = successions();
        all.get(all.size() - 1).body.putInt(SUCCEEDS, all.get(0).body.getInt(SUCCEEDS));
        refutedByText(", and so is sender ");
    }

    @Test
    void shouldRefuteTheSuccessorOfAnother() throws IOException {
        ByteBuffer body = successions().get(0).body;
        body.putInt(INDEX, body.getInt(INDEX) + 1);
        refutedByText("which is another's");
    }

    /** An entry of a later version is not taken for one of ours. */
    @Test
    void shouldRefuseAnEntryOfAnotherVersion() throws IOException {
        successions().get(0).body.putInt(0, 99);
        forge.write(folder);
        TalariaException refused = assertThrows(TalariaException.class, () -> verify(folder));
        assertTrue(refused.getMessage().contains("tag 99"), refused.getMessage());
    }

    /** What was said in segments that retention deleted is said again in those that are left. */
    @Test
    void shouldStandAloneInEachSegment() {
        try (FakeEngine engine =
                new FakeEngine(Journal.at(folder).rollBytes(1 << 20).retainBytes(2 << 20), 1, 2, 1, 256 << 10)) {
            engine.succeedBehind(500);
            engine.spawn(4);
            engine.run(12_000);
            engine.succeedBehind(Integer.MAX_VALUE);
            for (int i = 0; i < 8; i++) {
                engine.run(20_000);
                engine.drain();
                engine.writer.flush();
            }
            assertNull(engine.failure.get());
        }
        Verdict verdict = verify(folder);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        assertTrue(verdict.text().contains("retention deleted"), verdict.text());
        Directory left = JournalIndex.of(folder).last().directory();
        int[] successors = left.senders().stream()
                .filter(SenderInfo::isSuccessor)
                .mapToInt(SenderInfo::senderId)
                .toArray();
        assertTrue(successors.length > 3, () -> left.senders().toString());
        assertTrue(
                IntStream.of(successors)
                        .allMatch(id -> left.sender(left.sender(id).succeeds()) != null),
                () -> Arrays.toString(successors));
    }
}
