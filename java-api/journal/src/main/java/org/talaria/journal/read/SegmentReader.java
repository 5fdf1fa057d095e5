package org.talaria.journal.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.Mem;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Segments;

/**
 * Reads one segment's file without Chronicle: needs no JVM flags, and no flipped byte sends it anywhere but to a {@link Damage}. The file is a
 * row of documents: a header int (bits 0–29 length, bit 30 metadata, bit 31 not complete), the bytes, padding to 4. One thread.
 */
public final class SegmentReader implements AutoCloseable {
    private static final int LENGTH_MASK = (1 << 30) - 1;
    private static final int METADATA = 1 << 30;
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int END_OF_DATA = NOT_COMPLETE | METADATA;
    private static final int HEADER = 4;
    private static final int SCAN_BYTES = 64 << 10;
    private static final int HEADERS_WINDOW_BYTES = 4 << 10;

    private final int segment;
    private final FileWindow window;
    private final Excerpt excerpt = new Excerpt();
    private final CRC32C crc = new CRC32C();
    private long offset;
    private long number;
    private @Nullable Damage damage;

    /** Opens a segment's file. */
    public SegmentReader(Path file, int segment) throws IOException {
        this.segment = segment;
        window = new FileWindow(file);
    }

    /** Complete excerpts in a segment, by their documents' headers alone; −1 if there is no such segment. */
    public static long count(Path journal, int segment) throws IOException {
        if (!Files.isDirectory(Segments.folder(journal, segment))) {
            return -1;
        }
        Path file = Segments.file(journal, segment);
        if (file == null) {
            return 0;
        }
        long count = 0;
        try (FileWindow window = new FileWindow(file, HEADERS_WINDOW_BYTES)) {
            long offset = 0;
            long at = window.at(offset, HEADER);
            while (at != 0 && Mem.getInt(at) > 0) {
                int header = Mem.getInt(at);
                count += (header & METADATA) == 0 ? 1 : 0;
                offset += HEADER + ((header & LENGTH_MASK) + 3 & ~3);
                at = window.at(offset, HEADER);
            }
        }
        return count;
    }

    /** Whether nothing was found in it, not even a fault. */
    boolean isEmpty() {
        return number == 0 && damage == null;
    }

    /** The next excerpt, or null at the end or at a damage; a segment that is still written may have more later. */
    public @Nullable Excerpt next() throws IOException {
        while (damage == null) {
            long at = window.at(offset, HEADER);
            int header = at == 0 ? 0 : Mem.getInt(at);
            if (header == 0 || (header & NOT_COMPLETE) != 0) {
                if (stop(header)) {
                    return null;
                }
                continue;
            }
            int length = header & LENGTH_MASK;
            long next = offset + HEADER + (length + 3 & ~3);
            if ((header & METADATA) != 0) {
                offset = next;
            } else {
                return data(length, next);
            }
        }
        return null;
    }

    /** Nothing complete stands here: the end, a torn excerpt, or damage. False if the writer has gone on meanwhile. */
    private boolean stop(int header) throws IOException {
        boolean end = header == 0 || header == END_OF_DATA;
        boolean followed = header != END_OF_DATA && followedByExcerpt(offset + HEADER);
        long body = window.at(offset + HEADER, Integer.BYTES);
        boolean begun = body != 0 && Mem.getInt(body) == ExcerptDescriptor.MAGIC;
        window.refresh();
        long at = window.at(offset, HEADER);
        if (at != 0 && Mem.getInt(at) != header) {
            return false;
        }
        window.refresh();
        if (followed) {
            damage(
                    Damage.Kind.CORRUPT,
                    "excerpt " + number + " is marked as missing or incomplete although valid ones follow it");
        } else if (!end || header == 0 && begun) {
            damage(Damage.Kind.TORN, "excerpt " + number + " was not completed: the writer died, or is writing it now");
        }
        return true;
    }

    private @Nullable Excerpt data(int length, long next) throws IOException {
        if (length > ExcerptDescriptor.MAX_BODY_BYTES + ExcerptDescriptor.HEADER_BYTES) {
            return damage(Damage.Kind.CORRUPT, "an excerpt claims " + length + " bytes");
        }
        long at = window.at(offset + HEADER, length);
        if (at == 0) {
            return damage(Damage.Kind.CORRUPT, "an excerpt of " + length + " bytes goes beyond the end of the file");
        }
        String fault = wrong(at, length);
        if (fault != null) {
            return damage(Damage.Kind.CORRUPT, fault);
        }
        excerpt.set(at, segment, offset + HEADER);
        if (excerpt.number() != number) {
            return damage(
                    Damage.Kind.CORRUPT,
                    "excerpt " + excerpt.number() + " stands where excerpt " + number
                            + " is due: excerpts are missing or were moved");
        }
        number++;
        offset = next;
        return excerpt;
    }

    private @Nullable Excerpt damage(Damage.Kind kind, String text) {
        damage = new Damage(kind, segment, offset, text);
        return null;
    }

    /** Looks for a valid excerpt with a later number behind an offset: what is torn has none. */
    private boolean followedByExcerpt(long from) throws IOException {
        long size = window.size();
        for (long at = from + 3 & ~3L; at + ExcerptDescriptor.HEADER_BYTES <= size; at += SCAN_BYTES) {
            int bytes = (int) Math.min(SCAN_BYTES, size - at & ~3L);
            long address = window.at(at, bytes);
            for (int i = 0; address != 0 && i < bytes; i += Integer.BYTES) {
                if (Mem.getInt(address + i) == ExcerptDescriptor.MAGIC) {
                    if (isLater(at + i)) {
                        return true;
                    }
                    address = window.at(at, bytes);
                }
            }
        }
        return false;
    }

    private boolean isLater(long at) throws IOException {
        long address = window.at(at, ExcerptDescriptor.HEADER_BYTES);
        if (address == 0) {
            return false;
        }
        int length = Mem.getInt(address + ExcerptDescriptor.LENGTH_OFFSET);
        boolean later = Mem.getLong(address + ExcerptDescriptor.NUMBER_OFFSET) > number;
        if (!later || length < 0 || length > ExcerptDescriptor.MAX_BODY_BYTES) {
            return false;
        }
        int total = length + ExcerptDescriptor.HEADER_BYTES;
        long whole = window.at(at, total);
        return whole != 0 && wrong(whole, total) == null;
    }

    /** Why reading stopped; null if the segment simply ends. */
    public @Nullable Damage damage() {
        return damage;
    }

    /** Excerpts read. */
    public long count() {
        return number;
    }

    /** Where reading goes on. */
    public long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    /** What is wrong with the bytes of an excerpt, by its length and checksum; null if nothing is. */
    private @Nullable String wrong(long at, int length) {
        if (length < ExcerptDescriptor.HEADER_BYTES || Mem.getInt(at) != ExcerptDescriptor.MAGIC) {
            return "what stands here is no excerpt of Talaria";
        }
        int body = Mem.getInt(at + ExcerptDescriptor.LENGTH_OFFSET);
        if (body != length - ExcerptDescriptor.HEADER_BYTES) {
            return "an excerpt of " + length + " bytes says that its body has " + body;
        }
        crc.reset();
        window.sum(crc, at, ExcerptDescriptor.CRC_OFFSET);
        window.sum(crc, at + ExcerptDescriptor.HEADER_BYTES, body);
        return (int) crc.getValue() == Mem.getInt(at + ExcerptDescriptor.CRC_OFFSET)
                ? null
                : "an excerpt's checksum (CRC-32C) does not hold";
    }
}
