package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.JournalReader;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Segments;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Any flipped byte in an excerpt is found: in the body, in our header, and in the length that Chronicle writes before it. */
class FlippedByteTest {
    private static final int CHRONICLE_HEADER = 4;

    @TempDir
    Path folder;

    private record Place(long from, long to, int kind) {}

    private List<Place> write() {
        try (FakeEngine engine = new FakeEngine(Journal.at(folder), 7, 2, 2, 64 << 10)) {
            engine.spawn(6);
            for (int i = 0; i < 6; i++) {
                engine.run(60);
                engine.writer.flush();
            }
            engine.drain();
        }
        List<Place> places = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder)) {
            for (Excerpt excerpt = reader.next(); excerpt != null; excerpt = reader.next()) {
                long from = excerpt.fileOffset() - CHRONICLE_HEADER;
                places.add(new Place(
                        from,
                        excerpt.fileOffset() + ExcerptDescriptor.HEADER_BYTES + excerpt.bodyBytes(),
                        excerpt.kind()));
            }
        }
        return places;
    }

    private void assertFound(FileChannel file, long offset, int mask, int kind, String what) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.read(one, offset);
        byte right = one.get(0);
        file.write(ByteBuffer.wrap(new byte[] {(byte) (right ^ mask)}), offset);
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        // The last excerpt says that the epoch ended: a flip that makes it look torn leaves the rest proved up to
        // there.
        Verdict.Result best = kind == ExcerptDescriptor.END ? Verdict.Result.PROVED_UP_TO : Verdict.Result.REFUTED;
        assertTrue(
                verdict.result() == Verdict.Result.REFUTED || verdict.result() == best,
                () -> what + ": " + verdict.text());
        file.write(ByteBuffer.wrap(new byte[] {right}), offset);
    }

    @Test
    void shouldFindEveryFlippedByte() throws IOException {
        List<Place> places = write();
        Random random = new Random(1);
        try (FileChannel file =
                FileChannel.open(Segments.file(folder, 1), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (Place place : places) {
                int header = CHRONICLE_HEADER + ExcerptDescriptor.HEADER_BYTES;
                for (int i = 0; i < header; i++) {
                    assertFound(
                            file,
                            place.from() + i,
                            1 << random.nextInt(8),
                            place.kind(),
                            "header byte " + i + " of " + place);
                }
                for (int i = 0; i < 12 && place.to() > place.from() + header; i++) {
                    long offset = place.from() + header + random.nextInt((int) (place.to() - place.from()) - header);
                    assertFound(
                            file,
                            offset,
                            1 + random.nextInt(255),
                            place.kind(),
                            "body byte at " + offset + " of " + place);
                }
            }
        }
        assertEquals(
                Verdict.Result.PROVED,
                Verifier.verify(folder, Options.defaults(), Progress.NONE).result());
    }
}
