package org.talaria.journal.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.Journal;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Scratch;
import org.talaria.journal.store.Segments;

/**
 * Deletes ended segments, the oldest first, by age and by size; never one with a message that was not handled yet. Before it deletes it says so in
 * the journal: a segment that is missing without such a word is a fault that {@code verify} finds. The journaler's thread.
 */
final class Retention {
    /** An ended segment; {@code ends} are the shards' positions at its end, null for one of an earlier epoch. */
    private record Ended(int segment, long bytes, long endedMs, long @Nullable [] ends) {}

    private final long forMs;
    private final long mostBytes;
    private final List<ShardFollower> shards;
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final Scratch body = new Scratch(64);
    private long bytes;

    Retention(Journal journal, List<ShardFollower> shards) {
        forMs = journal.retainFor().toMillis();
        mostBytes = journal.retainBytes();
        this.shards = shards;
    }

    boolean enabled() {
        return forMs > 0 || mostBytes > 0;
    }

    /** Takes note of the segments of earlier epochs. */
    void adopt(Path journal, int current) throws IOException {
        for (int segment : Segments.list(journal)) {
            Path file = Segments.file(journal, segment);
            if (segment < current) {
                long size = file == null ? 0 : Files.size(file);
                long time = file == null ? 0 : Files.getLastModifiedTime(file).toMillis();
                add(new Ended(segment, size, time, null));
            }
        }
    }

    /** Takes note of a segment that ends now. */
    void ended(int segment, long lengthBytes, long nowMs) {
        long[] ends = new long[shards.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = shards.get(i).published();
        }
        add(new Ended(segment, lengthBytes, nowMs, ends));
    }

    private void add(Ended segment) {
        ended.addLast(segment);
        bytes += segment.bytes();
    }

    /** Whether a segment that began at {@code startMs} should end, so that its age can count. */
    boolean shouldRoll(long startMs, long nowMs) {
        return forMs > 0 && nowMs - startMs > forMs;
    }

    /** Deletes what may go. */
    void apply(ExcerptWriter writer, long nowMs) throws IOException {
        int last = 0;
        int count = 0;
        long left = bytes + writer.store().segmentBytes();
        for (Ended segment : ended) {
            boolean due = forMs > 0 && nowMs - segment.endedMs() > forMs || mostBytes > 0 && left > mostBytes;
            if (!due || !handled(segment)) {
                break;
            }
            left -= segment.bytes();
            last = segment.segment();
            count++;
        }
        if (count > 0) {
            body.clear().putInt(last);
            writer.append(ExcerptDescriptor.RETIRED, body);
            delete(writer, count);
        }
    }

    private void delete(ExcerptWriter writer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Ended segment = ended.removeFirst();
            bytes -= segment.bytes();
            writer.store().release(segment.segment());
        }
    }

    private boolean handled(Ended segment) {
        long[] ends = segment.ends();
        for (int i = 0; ends != null && i < ends.length; i++) {
            if (shards.get(i).drained() < ends[i]) {
                return false;
            }
        }
        return true;
    }
}
