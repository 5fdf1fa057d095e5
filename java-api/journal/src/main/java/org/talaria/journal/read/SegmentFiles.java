package org.talaria.journal.read;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.store.Segments;

/** A journal's files, open for reading at any place. One thread. */
final class SegmentFiles implements AutoCloseable {
    private final Path journal;
    private final Int2ObjectHashMap<FileChannel> channels = new Int2ObjectHashMap<>();

    SegmentFiles(Path journal) {
        this.journal = journal;
    }

    /** Fills the buffer from a place in a segment. */
    void read(int segment, long offset, ByteBuffer buffer) throws IOException {
        FileChannel channel = channel(segment);
        int start = buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position() - start) < 0) {
                throw new EOFException("segment " + segment + " was cut while it was read");
            }
        }
    }

    private FileChannel channel(int segment) throws IOException {
        FileChannel channel = channels.get(segment);
        if (channel == null) {
            @Nullable Path file = Segments.file(journal, segment);
            if (file == null) {
                throw new IOException("segment " + segment + " was deleted while it was read");
            }
            channel = FileChannel.open(file, StandardOpenOption.READ);
            channels.put(segment, channel);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        channels.clear();
    }
}
