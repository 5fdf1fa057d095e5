package org.talaria.internal.memory;

import static org.talaria.internal.memory.RegionDescriptor.PAGE_BYTES;
import static org.talaria.internal.memory.RegionDescriptor.SECTIONS;
import static org.talaria.internal.memory.RegionDescriptor.SECTIONS_OFFSET;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.talaria.TalariaClock;
import org.talaria.TalariaException;

/**
 * The shared memory of one engine: the region file and the endpoint table, mapped.
 *
 * <p>The mapping lives as long as this object is reachable, and every reference to an endpoint reaches it: a late {@code tell} reads a word that
 * says closed, it never faults (R28). {@link #release} unlinks the files.
 */
public final class Region {
    private static final int MAP_LIMIT = Integer.MAX_VALUE - PAGE_BYTES;

    private final RegionFiles files;
    private final List<MappedByteBuffer> mappings = new ArrayList<>();
    private final long address;
    private final long lengthBytes;
    private final long rows;
    private final RegionLayout layout;
    private int reservedRows;

    private Region(RegionFiles files, RegionLayout layout, TalariaClock clock) throws IOException {
        this.files = files;
        this.layout = layout;
        lengthBytes = layout.totalBytes();
        files.extend(files.region(), lengthBytes);
        files.reserve(files.region(), 0, layout.spareOffset());
        int joins = RegionDescriptor.SECTION_JOINS;
        files.reserve(files.region(), layout.offset(joins), layout.length(joins));
        address = map(files.region(), lengthBytes);
        long tableBytes = (long) layout.maxEndpoints() * EndpointDescriptor.BYTES;
        files.extend(files.endpoints(), tableBytes);
        rows = map(files.endpoints(), tableBytes);
        writeHeader(clock);
    }

    /**
     * Creates the files and maps them; times are told from the moment by this clock. Sections that would not fit one mapping of 2 GiB are refused.
     *
     * @throws TalariaException if there is no room for them anywhere
     */
    public static Region create(RegionLayout layout, RegionFolders folders, TalariaClock clock) {
        StringBuilder tried = new StringBuilder();
        for (java.nio.file.Path folder : folders.candidates()) {
            try {
                RegionFiles.sweep(folder);
                RegionFiles files = RegionFiles.create(folder);
                try {
                    return new Region(files, layout, clock);
                } catch (IOException | RuntimeException e) {
                    files.delete();
                    throw e;
                }
            } catch (IOException e) {
                folders.skipped(folder, e);
                tried.append("; ")
                        .append(folder)
                        .append(": ")
                        .append(e.getClass().getSimpleName())
                        .append(' ')
                        .append(e.getMessage());
            }
        }
        throw new TalariaException("no room for a region of " + layout.totalBytes() + " bytes" + tried
                + ". Free some, give a folder with regionFolder(…), or less memory with ringMemoryBytes(…)");
    }

    private long map(FileChannel channel, long length) throws IOException {
        if (length > MAP_LIMIT) {
            throw new TalariaException("a region of " + length + " bytes is over the " + MAP_LIMIT
                    + " bytes that one mapping holds: give smaller rings, fewer shards or fewer endpoints");
        }
        MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
        mappings.add(mapping);
        return BufferUtil.address(mapping);
    }

    private void writeHeader(TalariaClock clock) {
        Mem.putInt(address + RegionDescriptor.LAYOUT_VERSION_OFFSET, RegionDescriptor.LAYOUT_VERSION);
        Mem.putInt(address + RegionDescriptor.PID_OFFSET, (int)
                ProcessHandle.current().pid());
        Mem.putLong(address + RegionDescriptor.LAYOUT_HASH_OFFSET, LayoutHash.hash());
        long epochMs = System.currentTimeMillis();
        Mem.putLong(address + RegionDescriptor.START_TIME_MS_OFFSET, epochMs);
        Mem.putLong(address + RegionDescriptor.ANCHOR_EPOCH_NS_OFFSET, epochMs * 1_000_000);
        Mem.putInt(address + RegionDescriptor.NEXT_SENDER_ID_OFFSET, 1);
        for (int i = 0; i < SECTIONS; i++) {
            Mem.putLong(address + SECTIONS_OFFSET + 16L * i, layout.offset(i));
            Mem.putLong(address + SECTIONS_OFFSET + 16L * i + 8, layout.length(i));
        }
        layout.writeHeader(address);
        long nanoTime = clock.nanoTime();
        Mem.putLong(address + RegionDescriptor.ANCHOR_NANO_TIME_OFFSET, nanoTime);
        Mem.putLong(
                address + RegionDescriptor.CLOCK_OFFSET_NS_OFFSET,
                clock == TalariaClock.SYSTEM ? 0 : nanoTime - System.nanoTime());
        // Last, for readers in other processes: a region without its magic is not ready.
        Mem.putLongVolatile(address + RegionDescriptor.MAGIC_OFFSET, RegionDescriptor.MAGIC);
    }

    /** Start of the region. */
    public long address() {
        return address;
    }

    /** Its length. */
    public long lengthBytes() {
        return lengthBytes;
    }

    /** Start of a section. */
    public long section(int section) {
        return address + layout.offset(section);
    }

    /** Length of a section. */
    public long sectionBytes(int section) {
        return layout.length(section);
    }

    /** A section as a buffer. */
    public ByteBuffer sectionBuffer(int section) {
        return mappings.get(0).slice((int) layout.offset(section), (int) layout.length(section));
    }

    /** Start of the endpoint table. */
    public long rows() {
        return rows;
    }

    /** Makes row {@code index} usable: memory for its chunk is reserved, so that touching it never faults. Under the engine's control lock. */
    public void reserveRow(int index) {
        if (index < reservedRows) {
            return;
        }
        int upTo = Math.min(layout.maxEndpoints(), reservedRows + EndpointDescriptor.CHUNK_ROWS);
        try {
            files.reserve(
                    files.endpoints(),
                    (long) reservedRows * EndpointDescriptor.BYTES,
                    (long) (upTo - reservedRows) * EndpointDescriptor.BYTES);
        } catch (IOException e) {
            throw new TalariaException(
                    "no room for more endpoints than " + reservedRows + " in " + files.folder()
                            + ": free some, or give a folder with regionFolder(…)",
                    e);
        }
        reservedRows = upTo;
    }

    /**
     * Takes memory for what has none from the start. Under the engine's control lock, before anything there is touched.
     *
     * @throws TalariaException if there is none
     */
    public void reserveSpare(long offset, long lengthBytes, String what) {
        try {
            files.reserve(files.region(), offset, lengthBytes);
        } catch (IOException e) {
            throw new TalariaException(
                    "no room for " + what + " in " + files.folder()
                            + ": free some, or give a folder with regionFolder(…), or smaller rings",
                    e);
        }
    }

    /** Rows with memory; every cell of them may be read. */
    public int reservedRows() {
        return reservedRows;
    }

    /** Unlinks the files; the mapping stays until nobody can reach it. */
    public void release() {
        files.delete();
    }
}
