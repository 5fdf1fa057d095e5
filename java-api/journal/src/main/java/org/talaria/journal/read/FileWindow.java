package org.talaria.journal.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Checksum;
import org.agrona.BufferUtil;

/**
 * A window on a file, moved by reading, not by mapping: a file that is cut under a reader then gives an end, not a SIGBUS. One thread.
 */
final class FileWindow implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 20;

    private final FileChannel channel;
    private ByteBuffer buffer;
    private long address;
    private long start;
    private int filled;

    FileWindow(Path file) throws IOException {
        this(file, WINDOW_BYTES);
    }

    /** One that reads less at a time: for what looks here and there. */
    FileWindow(Path file, int windowBytes) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        buffer = BufferUtil.allocateDirectAligned((int) Math.min(windowBytes, channel.size() + 64), 64);
        address = BufferUtil.address(buffer);
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Address of {@code bytes} bytes at a file offset, or 0 if the file ends before. Valid until the next call. */
    long at(long offset, int bytes) throws IOException {
        if (offset < start || offset + bytes > start + filled) {
            fill(offset, bytes);
        }
        return offset + bytes <= start + filled ? address + (offset - start) : 0;
    }

    private void fill(long offset, int bytes) throws IOException {
        // The window begins at a multiple of 8, so that what is aligned in the file is aligned in memory.
        long from = offset & ~7L;
        int need = (int) (offset - from) + bytes;
        if (need > buffer.capacity()) {
            buffer = BufferUtil.allocateDirectAligned(need + WINDOW_BYTES, 64);
            address = BufferUtil.address(buffer);
        }
        buffer.clear();
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = channel.read(buffer, from + buffer.position());
        }
        start = from;
        filled = buffer.position();
    }

    /** Adds bytes that {@link #at} gave to a checksum; in place, by the JVM's intrinsic. */
    void sum(Checksum sum, long from, int lengthBytes) {
        int index = (int) (from - address);
        sum.update(buffer.limit(index + lengthBytes).position(index));
    }

    /** Forgets what was read: the file may have grown. */
    void refresh() {
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
