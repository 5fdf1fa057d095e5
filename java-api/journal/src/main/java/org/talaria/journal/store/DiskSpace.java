package org.talaria.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.PosixAPI;

/**
 * Makes sure that bytes about to be written through a mapping have room on the disk. A store into a hole of a sparse file on a full disk is
 * SIGBUS, which nobody can catch; so the blocks are allocated first, where shortage is an ordinary error.
 */
final class DiskSpace implements AutoCloseable {
    private static final int OPEN_READ_WRITE = 2;
    private static final int KEEP_SIZE = 1;
    private static final long LARGEST_STEP_BYTES = 32L << 20;
    /** A look at the disk costs some microseconds and some garbage: at every so many bytes. What is written meanwhile was allocated before, so it is safe. */
    private static final long LOOK_BYTES = 2 << 20;
    /** What Chronicle itself may write behind an excerpt: index pages and the next header. */
    private static final long MARGIN_BYTES = 1L << 20;

    private final FileStore disk;
    private final Path file;
    private final long reserveBytes;
    private final FileChannel channel;
    private final long stepBytes;
    private int descriptor;
    private long allocated;
    private long lookedAt = Long.MIN_VALUE / 2;

    DiskSpace(Path file, long reserveBytes, long expectedBytes) throws IOException {
        this.file = file;
        stepBytes = Math.min(LARGEST_STEP_BYTES, Math.max(1 << 20, expectedBytes / 4));
        this.reserveBytes = reserveBytes;
        disk = Files.getFileStore(file);
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        descriptor = openDescriptor(file);
    }

    private static int openDescriptor(Path file) {
        try {
            return PosixAPI.posix().open(file.toString(), OPEN_READ_WRITE, 0);
        } catch (RuntimeException e) {
            // No POSIX on this platform: zeros are written instead.
            return -1;
        }
    }

    /** Refuses if the disk has less than the reserve and {@code bytes} left. */
    static void require(Path folder, long reserveBytes, long bytes) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < reserveBytes + bytes) {
            throw shortage(folder, usable, reserveBytes);
        }
    }

    private static IOException shortage(Path path, long usable, long reserveBytes) {
        return new IOException("the disk of the journal " + path + " has " + usable + " bytes left, and " + reserveBytes
                + " are to stay free: free some, or give a smaller reserve with Journal.reserveBytes(…)");
    }

    /**
     * Makes positions up to {@code to} safe to write.
     *
     * @param written what was written so far: never touched
     */
    void ensure(long written, long to) throws IOException {
        boolean grow = to + MARGIN_BYTES > allocated;
        if (!grow && to - lookedAt < LOOK_BYTES) {
            return;
        }
        lookedAt = to;
        check();
        long usable = disk.getUsableSpace();
        if (usable < reserveBytes) {
            throw shortage(file, usable, reserveBytes);
        }
        if (grow) {
            allocate(written, to + MARGIN_BYTES, usable);
        }
    }

    private void allocate(long written, long need, long usable) throws IOException {
        long from = Math.max(allocated, written);
        long bytes = need - from;
        if (usable - bytes < reserveBytes) {
            throw shortage(file, usable, reserveBytes);
        }
        // Ahead of need where there is plenty: fewer calls.
        bytes = usable - bytes - stepBytes > reserveBytes ? bytes + stepBytes : bytes;
        if (descriptor < 0 || PosixAPI.posix().fallocate(descriptor, KEEP_SIZE, from, bytes) != 0) {
            writeZeros(from, bytes);
        }
        allocated = from + bytes;
    }

    private void writeZeros(long from, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(64 << 10);
        long position = from;
        while (position < from + bytes) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), from + bytes - position));
            position += channel.write(zeros, position);
        }
    }

    /** Fails if the file was deleted: what is written then is lost as soon as it is closed. */
    void check() throws IOException {
        if (Files.notExists(file)) {
            throw new IOException(
                    "the journal's file " + file
                            + " was deleted or moved while it was written: what it had is lost; leave a running engine's journal alone");
        }
    }

    /** Forces the file to the disk. */
    void sync() throws IOException {
        channel.force(false);
    }

    /** Cuts what was allocated ahead. */
    void truncate(long lengthBytes) throws IOException {
        if (channel.size() > lengthBytes) {
            channel.truncate(lengthBytes);
        }
    }

    @Override
    public void close() throws IOException {
        if (descriptor >= 0) {
            PosixAPI.posix().close(descriptor);
            descriptor = -1;
        }
        channel.close();
    }
}
