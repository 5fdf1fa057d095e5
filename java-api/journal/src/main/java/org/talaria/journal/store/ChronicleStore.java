package org.talaria.journal.store;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.internal.ByteBuffers;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;

/**
 * Excerpts in Chronicle queues, one queue a segment. Chronicle itself would roll by time only; a queue whose clock stands still never rolls, and
 * a segment of its own is what rolling by size takes.
 */
public final class ChronicleStore implements BlockStore {
    /** Mapped at once, at least. Small ones cost: each new mapping makes the file longer and all its pages fault anew. */
    private static final long MAPPING_BYTES = 64L << 20;
    /** What an empty segment takes before anything can be allocated ahead: header and first index pages. */
    private static final long SEGMENT_BYTES = 1L << 20;

    private final JournalFolder folder;
    private final long reserveBytes;
    private final int largestBody;
    private final long expectedBytes;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer view = ByteBuffer.allocateDirect(0);
    private final ByteBuffer headerBuffer = ByteBuffer.allocateDirect(ExcerptDescriptor.HEADER_BYTES);
    private final long headerAddress = org.agrona.BufferUtil.address(headerBuffer);
    private ChronicleQueue queue;
    private ExcerptAppender appender;
    private DiskSpace space;
    private int segment;
    private long excerpts;
    private long end;

    private ChronicleStore(JournalFolder folder, long reserveBytes, int largestBody, long expectedBytes, int segment)
            throws IOException {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
        this.largestBody = largestBody;
        this.expectedBytes = expectedBytes;
        this.segment = segment;
        open();
    }

    /**
     * Takes a folder and begins a new segment in it.
     *
     * @param path the folder, made if it is missing
     * @param reserveBytes of the disk that stay free
     * @param largestBody bytes of the largest excerpt's body
     * @param expectedBytes how large a segment will be, about: disk is taken ahead accordingly
     * @throws TalariaException if a JVM flag is missing, the folder cannot be written or another engine writes it
     */
    public static ChronicleStore open(Path path, long reserveBytes, int largestBody, long expectedBytes) {
        ChronicleFlags.check();
        quiet();
        JournalFolder folder = JournalFolder.take(path);
        try {
            List<Integer> segments = Segments.list(path);
            int next = segments.isEmpty() ? 1 : segments.get(segments.size() - 1) + 1;
            return new ChronicleStore(folder, reserveBytes, largestBody, expectedBytes, next);
        } catch (IOException e) {
            folder.close();
            throw new TalariaException("cannot begin a segment of the journal " + path + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static void quiet() {
        setDefault("chronicle.analytics.disable", "true");
        setDefault("chronicle.disk.monitor.disable", "true");
        setDefault("chronicle.announcer.disable", "true");
        // Without a provider SLF4J would write to the application's standard error.
        setDefault("slf4j.internal.verbosity", "ERROR");
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    // A quarter of the mapping is mapped twice, so that an excerpt may cross its end: the largest must fit in that.
    private void open() throws IOException {
        DiskSpace.require(folder.path(), reserveBytes, SEGMENT_BYTES);
        Path path = Segments.folder(folder.path(), segment);
        Files.createDirectory(path);
        queue = SingleChronicleQueueBuilder.binary(path.toFile())
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 0L)
                .blockSize(Math.max(MAPPING_BYTES, 4L * largestBody + (1 << 20)))
                .build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        excerpts = 0;
        end = 0;
    }

    @Override
    public int append(ExcerptHeader header, long address, int lengthBytes) throws IOException {
        if (lengthBytes > largestBody) {
            throw new IOException("an excerpt of " + lengthBytes + " bytes is over the limit of " + largestBody);
        }
        int total = ExcerptDescriptor.HEADER_BYTES + lengthBytes;
        if (space != null) {
            space.ensure(end, end + total);
        }
        fill(header, address, lengthBytes);
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> bytes = document.wire().bytes();
            long position = bytes.writePosition();
            bytes.ensureCapacity(position + total);
            long to = bytes.addressForWrite(position);
            Mem.copy(headerAddress, to, ExcerptDescriptor.HEADER_BYTES);
            Mem.copy(address, to + ExcerptDescriptor.HEADER_BYTES, lengthBytes);
            bytes.writeSkip(total);
            end = position + total;
        }
        excerpts++;
        if (space == null) {
            space = new DiskSpace(file().toPath(), reserveBytes, expectedBytes);
        }
        return total;
    }

    private File file() throws IOException {
        File file = appender.currentFile();
        if (file == null) {
            throw new IOException("Chronicle names no file for segment " + segment);
        }
        return file;
    }

    private void fill(ExcerptHeader header, long address, int lengthBytes) {
        Mem.putInt(headerAddress + ExcerptDescriptor.MAGIC_OFFSET, ExcerptDescriptor.MAGIC);
        Mem.putInt(headerAddress + ExcerptDescriptor.KIND_OFFSET, header.kind());
        Mem.putInt(headerAddress + ExcerptDescriptor.EPOCH_OFFSET, header.epoch());
        Mem.putShort(headerAddress + ExcerptDescriptor.SHARD_OFFSET, (short) header.shard());
        Mem.putShort(headerAddress + ExcerptDescriptor.LANE_OFFSET, (short) header.lane());
        Mem.putLong(headerAddress + ExcerptDescriptor.NUMBER_OFFSET, excerpts);
        Mem.putLong(headerAddress + ExcerptDescriptor.FROM_OFFSET, header.from());
        Mem.putLong(headerAddress + ExcerptDescriptor.TO_OFFSET, header.to());
        Mem.putInt(headerAddress + ExcerptDescriptor.LENGTH_OFFSET, lengthBytes);
        crc.reset();
        crc.update(headerBuffer.position(0).limit(ExcerptDescriptor.CRC_OFFSET));
        // The body is summed where it lies: a direct buffer over the ring, so that the JVM's intrinsic is used and
        // nothing is copied.
        ByteBuffers.setAddressCapacity(view, address, lengthBytes);
        crc.update(view.position(0).limit(lengthBytes));
        Mem.putInt(headerAddress + ExcerptDescriptor.CRC_OFFSET, (int) crc.getValue());
    }

    @Override
    public int segment() {
        return segment;
    }

    @Override
    public long segmentBytes() {
        return end;
    }

    @Override
    public long excerpts() {
        return excerpts;
    }

    @Override
    public void roll() throws IOException {
        endSegment();
        segment++;
        open();
    }

    @Override
    public void release(int ended) throws IOException {
        Segments.delete(folder.path(), ended);
    }

    @Override
    public void sync() throws IOException {
        if (space != null) {
            space.sync();
        }
    }

    @Override
    public void check() throws IOException {
        if (space != null) {
            space.check();
        }
    }

    private void endSegment() throws IOException {
        appender.close();
        queue.close();
        if (space != null) {
            // Four zero bytes stay: the header that says nothing follows.
            space.truncate(end + 8 & ~3L);
            space.close();
            space = null;
        }
    }

    @Override
    public void close() {
        try {
            endSegment();
        } catch (IOException e) {
            System.getLogger(ChronicleStore.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "segment " + segment + " of the journal " + folder.path() + " could not be closed",
                            e);
        } finally {
            folder.close();
        }
    }
}
