package org.talaria.journal.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.talaria.journal.store.Segments;

/** Finds the epoch that a journal was last written in. */
public final class LastEpoch {
    private LastEpoch() {}

    /** The epoch of the last segment below {@code segment} that has an excerpt; 0 if there is none. */
    public static int before(Path journal, int segment) throws IOException {
        List<Integer> segments = Segments.list(journal);
        for (int i = segments.size() - 1; i >= 0; i--) {
            Path file = segments.get(i) < segment ? Segments.file(journal, segments.get(i)) : null;
            if (file != null) {
                try (SegmentReader reader = new SegmentReader(file, segments.get(i))) {
                    Excerpt first = reader.next();
                    if (first != null) {
                        return first.epoch();
                    }
                }
            }
        }
        return 0;
    }
}
