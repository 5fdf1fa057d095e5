package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.internal.memory.Mem;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.SegmentReader;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Segments;

/** Our reader gives what Chronicle's own gives. */
class ChronicleTailerTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadTheSame() throws IOException {
        try (FakeEngine engine = new FakeEngine(Journal.at(folder), 9, 4, 2, 256 << 10)) {
            engine.spawn(9);
            for (int i = 0; i < 300; i++) {
                engine.run(100);
                engine.writer.flush();
            }
            engine.drain();
        }
        List<byte[]> ours = ours();
        List<byte[]> theirs = theirs();
        assertEquals(ours.size(), theirs.size());
        for (int i = 0; i < ours.size(); i++) {
            assertArrayEquals(ours.get(i), theirs.get(i), "excerpt " + i);
        }
    }

    private List<byte[]> ours() throws IOException {
        List<byte[]> excerpts = new ArrayList<>();
        Path file = Segments.file(folder, 1);
        assertNotNull(file);
        try (SegmentReader reader = new SegmentReader(file, 1)) {
            for (Excerpt excerpt = reader.next(); excerpt != null; excerpt = reader.next()) {
                byte[] bytes = new byte[ExcerptDescriptor.HEADER_BYTES + excerpt.bodyBytes()];
                Mem.copyToArray(excerpt.address(), bytes, 0, bytes.length);
                excerpts.add(bytes);
            }
        }
        return excerpts;
    }

    private List<byte[]> theirs() {
        List<byte[]> excerpts = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                Segments.folder(folder, 1).toFile())
                        .rollCycle(RollCycles.FAST_DAILY)
                        .readOnly(true)
                        .timeProvider(() -> 0L)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            boolean more = true;
            while (more) {
                try (DocumentContext document = tailer.readingDocument()) {
                    more = document.isPresent();
                    if (more) {
                        excerpts.add(document.wire().bytes().toByteArray());
                    }
                }
            }
        }
        return excerpts;
    }
}
