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
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;

/** The memory of an engine seen from outside, by its file: to change records that wait in a ring. For an engine that nobody invokes meanwhile. */
public final class RegionFile {
    private final MappedByteBuffer region;

    private RegionFile(MappedByteBuffer region) {
        this.region = region;
    }

    /** Of the one engine whose region is in this folder. */
    public static RegionFile in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> regions =
                    files.filter(file -> file.toString().endsWith(".region")).toList();
            if (regions.size() != 1) {
                throw new AssertionError("not the region of one engine: " + regions);
            }
            try (FileChannel file =
                    FileChannel.open(regions.get(0), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
                mapped.order(ByteOrder.nativeOrder());
                return new RegionFile(mapped);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the completer is woken by: grows with each time. */
    public int completionWord() {
        return region.getInt(RegionDescriptor.COMPLETION_WORD_OFFSET);
    }

    private int nextRecord(int shard) {
        int shards = (int) region.getLong(RegionDescriptor.SECTIONS_OFFSET + 16 * RegionDescriptor.SECTION_SHARDS);
        int block = shards + shard * ShardDescriptor.BYTES;
        int capacity = region.getInt(block + ShardDescriptor.CAPACITY_OFFSET);
        long drained = region.getLong(block + ShardDescriptor.DRAINED_OFFSET);
        int at = (int) region.getLong(block + ShardDescriptor.RING_OFFSET_OFFSET) + (int) (drained & (capacity - 1));
        if (region.getInt(at) <= 0) {
            throw new AssertionError("no record waits on shard " + shard);
        }
        return at;
    }

    /** Gives the next record of a shard another target. */
    public void forgeTarget(int shard, int index, int generation) {
        int at = nextRecord(shard);
        region.putInt(at + RecordDescriptor.TARGET_OFFSET, index);
        region.putShort(at + RecordDescriptor.GENERATION_OFFSET, (short) generation);
    }

    /** Gives the next record of a shard, a request, another correlation. */
    public void forgeCorrelation(int shard, long correlation) {
        forgeExtension(shard, RecordDescriptor.FLAG_CORRELATION, correlation);
    }

    /** Gives the next record of a shard, a handler's request, another address to reply to. */
    public void forgeReplyTo(int shard, long address) {
        forgeExtension(shard, RecordDescriptor.FLAG_REPLY_TO, address);
    }

    private void forgeExtension(int shard, int extension, long value) {
        int at = nextRecord(shard);
        int flags = region.getShort(at + RecordDescriptor.FLAGS_OFFSET) & 0xFFFF;
        if ((flags & extension) == 0) {
            throw new AssertionError("the record has no such extension: flags " + flags);
        }
        region.putLong(at + RecordDescriptor.extensionOffset(flags, extension), value);
    }
}
