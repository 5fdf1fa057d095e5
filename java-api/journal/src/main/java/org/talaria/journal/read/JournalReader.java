package org.talaria.journal.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.JournalFolder;
import org.talaria.journal.store.Segments;
import org.talaria.journal.store.Unpacker;

/**
 * Reads a journal from its first excerpt to its last, segment by segment; one that is being written as far as it goes. Needs no JVM flags. It never
 * gives an excerpt whose checksum does not hold: there it stops, and {@link #damages} says where. Not thread-safe.
 */
public final class JournalReader implements AutoCloseable {
    private final Path path;
    private final List<Integer> segments;
    private final long totalBytes;
    private final List<Damage> damages = new ArrayList<>();
    private Directory directory = new Directory();
    private int at = -1;
    private @Nullable SegmentReader reader;
    private @Nullable EpochInfo epoch;
    private int retired;
    private long bytesBefore;
    private long previousCount;
    private boolean corrupt;

    private JournalReader(Path path) throws IOException {
        this.path = path;
        segments = Segments.list(path);
        long bytes = 0;
        for (int segment : segments) {
            Path file = Segments.file(path, segment);
            bytes += file == null ? 0 : Files.size(file);
        }
        totalBytes = bytes;
    }

    /**
     * Opens a journal for reading.
     *
     * @throws TalariaException if the folder is no journal, or one of another version
     */
    public static JournalReader open(Path path) {
        JournalFolder.checkVersion(path);
        try {
            return new JournalReader(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static TalariaException unreadable(Path path, IOException e) {
        return new TalariaException(
                "the journal " + path + " cannot be read: " + e.getMessage()
                        + ". Check that the disk and the rights are in order",
                e);
    }

    /** The next excerpt, valid until the next call; null at the end. Torn epochs are passed over to the next one; nothing is read behind corruption. */
    public @Nullable Excerpt next() {
        try {
            while (!corrupt) {
                Excerpt excerpt = reader == null ? null : reader.next();
                if (excerpt != null) {
                    return accept(excerpt);
                }
                if (!advance()) {
                    return null;
                }
            }
            return null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private @Nullable Excerpt accept(Excerpt excerpt) {
        switch (excerpt.kind()) {
            case ExcerptDescriptor.START -> start(excerpt);
            case ExcerptDescriptor.SCHEMAS, ExcerptDescriptor.ENTRIES -> directory.read(excerpt);
            case ExcerptDescriptor.RETIRED ->
                retired = Math.max(retired, new Unpacker(excerpt.body(), excerpt.bodyBytes()).getInt());
            default -> {
                // Blocks, turns and the end are the caller's.
            }
        }
        return corrupt ? null : excerpt;
    }

    private void start(Excerpt excerpt) {
        Unpacker body = new Unpacker(excerpt.body(), excerpt.bodyBytes());
        int version = body.getInt();
        if (version != ExcerptDescriptor.FORMAT_VERSION) {
            throw new TalariaException("segment " + excerpt.segment() + " of the journal " + path + " has format "
                    + version + ", and this version of Talaria reads " + ExcerptDescriptor.FORMAT_VERSION
                    + ": use the version that wrote it");
        }
        EpochInfo next = EpochInfo.read(excerpt, body);
        if (next.segment() != excerpt.segment()) {
            corrupt(
                    excerpt.segment(),
                    "the file of segment " + next.segment() + " lies in the folder of segment " + excerpt.segment());
        }
        if (next.begins()) {
            directory = new Directory();
        }
        checkJoint(next);
        epoch = next;
    }

    /** A segment says how many excerpts the one before had, of an earlier epoch too: one that was cut shows. */
    private void checkJoint(EpochInfo next) {
        boolean adjacent = at > 0 && segments.get(at - 1) == next.segment() - 1;
        long due = next.previousExcerpts();
        if (due >= 0 && adjacent && due != previousCount) {
            corrupt(next.segment() - 1, "it has " + previousCount + " excerpts left of " + due);
        }
    }

    private void corrupt(int segment, String text) {
        damages.add(new Damage(Damage.Kind.CORRUPT, segment, 0, text));
        corrupt = true;
    }

    private boolean advance() throws IOException {
        if (reader != null) {
            Damage damage = reader.damage();
            if (damage != null) {
                damages.add(damage);
                corrupt = damage.kind() == Damage.Kind.CORRUPT;
            }
            if (corrupt || at + 1 >= segments.size()) {
                return false;
            }
            previousCount = reader.count();
            bytesBefore += reader.offset();
            reader.close();
            reader = null;
        }
        return openNext();
    }

    private boolean openNext() throws IOException {
        while (at + 1 < segments.size()) {
            at++;
            Path file = Segments.file(path, segments.get(at));
            if (file != null) {
                reader = new SegmentReader(file, segments.get(at));
                return true;
            }
            previousCount = 0;
        }
        return false;
    }

    /** The epoch that is being read. @throws IllegalStateException before the first excerpt */
    public EpochInfo epoch() {
        EpochInfo current = epoch;
        if (current == null) {
            throw new IllegalStateException("nothing was read yet: call next() first");
        }
        return current;
    }

    /** What the epoch's records refer to, as far as it was read; another object in each epoch. */
    public Directory directory() {
        return directory;
    }

    /** Where excerpts could not be read, so far. */
    public List<Damage> damages() {
        List<Damage> all = new ArrayList<>(damages);
        // Nothing behind the last segment says what it had
        if (!corrupt && at >= 0 && at + 1 == segments.size() && (reader == null || reader.isEmpty())) {
            String text = "nothing is in it: its engine was killed as it began, or what it held was lost";
            all.add(new Damage(Damage.Kind.EMPTY, segments.get(at), 0, text));
        }
        return List.copyOf(all);
    }

    /** Segments that are there. */
    public List<Integer> segments() {
        return List.copyOf(segments);
    }

    /** Segments up to this number were deleted by retention; 0 if none were. */
    public int retiredSegments() {
        return retired;
    }

    /** Size of the journal's files. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes read so far, for a progress bar. */
    public long readBytes() {
        return bytesBefore + (reader == null ? 0 : reader.offset());
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }
}
