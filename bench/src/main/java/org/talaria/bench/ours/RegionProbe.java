package org.talaria.bench.ours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** What the workers of this process's only engine are at, read from its region as another process would ({@code docs/layout.md}). Any thread, while the engine is open. */
final class RegionProbe {
    private static final List<Path> FOLDERS =
            List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));

    private final UnsafeBuffer region;
    private final int workers;

    private RegionProbe(UnsafeBuffer region) {
        this.region = region;
        workers = (int) region.getLong(
                RegionDescriptor.SECTIONS_OFFSET + 16 * RegionDescriptor.SECTION_WORKERS, ByteOrder.LITTLE_ENDIAN);
    }

    /** A word of a worker's block. */
    enum Word {
        TURNS(WorkerDescriptor.TURNS_OFFSET),
        STEALS(WorkerDescriptor.STEALS_OFFSET),
        PARKS(WorkerDescriptor.PARKS_OFFSET),
        WAKE_UPS(WorkerDescriptor.WAKE_UPS_OFFSET);

        private final int offset;

        Word(int offset) {
            this.offset = offset;
        }
    }

    /** Of the engine that this process has open. @throws IllegalStateException if there is none, or more than one */
    static RegionProbe open() {
        try {
            List<Path> files = files();
            if (files.size() != 1) {
                throw new IllegalStateException(
                        "this process has not one engine open but " + files.size() + ": " + files);
            }
            try (FileChannel channel = FileChannel.open(files.get(0))) {
                long length = RegionDescriptor.HEADER_BYTES;
                UnsafeBuffer header = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, length));
                int at = RegionDescriptor.SECTIONS_OFFSET + 16 * RegionDescriptor.SECTION_WORKERS;
                long end = header.getLong(at) + header.getLong(at + Long.BYTES);
                return new RegionProbe(new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, end)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the engine's region", e);
        }
    }

    private static List<Path> files() throws IOException {
        String prefix = "talaria-" + ProcessHandle.current().pid() + "-";
        List<Path> files = new ArrayList<>();
        for (Path folder : FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    all.filter(file -> file.getFileName().toString().startsWith(prefix)
                                    && file.getFileName().toString().endsWith(".region"))
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    /** A word of a worker, as it is now. */
    long read(int worker, Word word) {
        return region.getLongVolatile(workers + worker * WorkerDescriptor.BYTES + word.offset);
    }

    /** Whether a worker is in the parked set. */
    boolean isParked(int worker) {
        return (region.getLongVolatile(RegionDescriptor.PARKED_OFFSET) >>> worker & 1) != 0;
    }
}
