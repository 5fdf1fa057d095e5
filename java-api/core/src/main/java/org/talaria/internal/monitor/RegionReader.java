package org.talaria.internal.monitor;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.talaria.EngineSnapshot;
import org.talaria.TalariaException;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.LayoutHash;
import org.talaria.internal.memory.RegionDescriptor;

/**
 * The region of an engine of another process, mapped to be read. Nothing is locked and nothing written: the engine does not notice. The mapping stays when the engine ends,
 * and says then what was so at the end. One thread.
 */
public final class RegionReader {
    private final Path path;
    /** Reachable as long as they are read. */
    private final MappedByteBuffer region;

    private final MappedByteBuffer endpoints;
    private final RegionFigures figures;

    private RegionReader(Path path, MappedByteBuffer region, MappedByteBuffer endpoints) {
        this.path = path;
        this.region = region;
        this.endpoints = endpoints;
        figures = new RegionFigures(BufferUtil.address(region), BufferUtil.address(endpoints));
    }

    /**
     * Maps a region file and its endpoint table.
     *
     * @throws TalariaException naming cause and remedy: no such file, no region, one of another version, one of this very process
     */
    public static RegionReader open(Path path) {
        if (RunningEngines.pidOf(path) == ProcessHandle.current().pid()) {
            // To close a file takes away the locks that this process has on it
            throw new TalariaException(path + " is an engine of this process: ask its monitor()");
        }
        MappedByteBuffer region = map(path, path + " cannot be read");
        check(path, region);
        Path table = RunningEngines.endpointsOf(path);
        MappedByteBuffer endpoints = map(table, "the endpoint table " + table + " of this region cannot be read");
        checkLength(path, region, endpoints);
        return new RegionReader(path, region, endpoints);
    }

    /** What is read must be there: behind the end of a file there is no memory. */
    private static void checkLength(Path path, MappedByteBuffer mapped, MappedByteBuffer endpoints) {
        ByteBuffer header = mapped.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        boolean whole =
                endpoints.capacity() / EndpointDescriptor.BYTES >= header.getInt(RegionDescriptor.MAX_ENDPOINTS_OFFSET);
        for (int section = 0; section < RegionDescriptor.SECTIONS; section++) {
            int at = RegionDescriptor.SECTIONS_OFFSET + 16 * section;
            whole &= header.getLong(at) + header.getLong(at + 8) <= mapped.capacity();
        }
        if (!whole) {
            throw new TalariaException(path + " or its endpoint table is cut off: copy both again");
        }
    }

    private static MappedByteBuffer map(Path path, String failure) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE));
        } catch (NoSuchFileException e) {
            throw new TalariaException("there is no " + path + ": the engine has ended, or it is another file", e);
        } catch (IOException e) {
            String why = Files.isReadable(path) ? String.valueOf(e.getMessage()) : "not permitted, be its owner";
            throw new TalariaException(failure + ": " + why, e);
        }
    }

    private static void check(Path path, MappedByteBuffer mapped) {
        ByteBuffer header = mapped.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (header.capacity() < RegionDescriptor.HEADER_BYTES
                || header.getLong(RegionDescriptor.MAGIC_OFFSET) != RegionDescriptor.MAGIC) {
            throw new TalariaException(path + " is no region: give a file talaria-PID-N.region, or a PID");
        }
        int version = header.getInt(RegionDescriptor.LAYOUT_VERSION_OFFSET);
        long hash = header.getLong(RegionDescriptor.LAYOUT_HASH_OFFSET);
        if (version != RegionDescriptor.LAYOUT_VERSION || hash != LayoutHash.hash()) {
            throw new TalariaException(path + " is of another version of Talaria (layout " + version + ", hash " + hash
                    + "; this is " + RegionDescriptor.LAYOUT_VERSION + ", " + LayoutHash.hash()
                    + "): use the tool of the version that the application runs with");
        }
    }

    /** The region file. */
    public Path path() {
        return path;
    }

    /** Whether the engine's process still has it: looked at now. */
    public boolean alive() {
        return RunningEngines.isAlive(path);
    }

    /** The figures of this moment. */
    public EngineSnapshot snapshot() {
        try {
            return figures.snapshot(figures.nowNs());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** For people: who drains what and for how long, and what waits. */
    public String dump() {
        return new DumpText(snapshot()).toString();
    }

    /** Each distinct error of the engine, the first seen first. @return how many there are */
    public int errors(ErrorListener listener) {
        try {
            return ErrorLogReader.read(
                    figures.buffer(RegionDescriptor.SECTION_ERROR_LOG),
                    (count, firstMs, lastMs, text) -> listener.error(count, firstMs, lastMs, text));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Told of an error. */
    @FunctionalInterface
    public interface ErrorListener {
        /** Seen so often, first and last then (milliseconds since 1970); the text begins with the class of what was thrown. */
        void error(int count, long firstMs, long lastMs, String text);
    }

    @Override
    public String toString() {
        return path + " (" + region.capacity() + " and " + endpoints.capacity() + " bytes)";
    }
}
