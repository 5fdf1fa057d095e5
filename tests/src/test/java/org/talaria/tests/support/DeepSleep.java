package org.talaria.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.talaria.TalariaClock;
import org.talaria.TalariaConfig;
import org.talaria.internal.memory.RegionDescriptor;

/**
 * Workers that park at once when there is nothing to do, and sleep until somebody wakes them: where no park ends by itself, no lost wake-up can hide. No
 * configuration offers this; it is written into the region's header, which is there when the opening engine first asks for the time, and not read yet.
 */
public final class DeepSleep implements TalariaClock {
    private static final long FOR_EVER = -1;

    private final Path folder;
    private boolean written;

    private DeepSleep(Path folder) {
        this.folder = folder;
    }

    /** Makes the workers of the engine to be opened so. Nothing else may have its region in this folder. */
    public static void configure(TalariaConfig config, Path folder) {
        config.regionFolder(folder).clock(new DeepSleep(folder));
    }

    @Override
    public long nanoTime() {
        if (!written) {
            write();
            written = true;
        }
        return System.nanoTime();
    }

    private void write() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> regions =
                    files.filter(file -> file.toString().endsWith(".region")).toList();
            if (regions.size() != 1) {
                throw new AssertionError("not the one region of the engine that opens: " + regions);
            }
            write(regions.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path region) throws IOException {
        try (FileChannel file = FileChannel.open(region, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer header = file.map(FileChannel.MapMode.READ_WRITE, 0, RegionDescriptor.HEADER_BYTES);
            header.order(ByteOrder.nativeOrder());
            header.putInt(RegionDescriptor.SPINS_OFFSET, 0);
            header.putInt(RegionDescriptor.YIELDS_OFFSET, 0);
            header.putLong(RegionDescriptor.PARK_NS_OFFSET, FOR_EVER);
        }
    }
}
