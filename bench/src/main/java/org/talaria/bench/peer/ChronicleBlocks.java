package org.talaria.bench.peer;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.pipe.TemporaryFolder;

/** Chronicle Queue alone: appends so many bytes in blocks, each one excerpt. Settings: block (bytes of an excerpt), chunk (bytes mapped at a time). */
public final class ChronicleBlocks implements Trial {
    /** Bytes of an excerpt: as many as the journal puts into one. */
    public static final int BLOCK_BYTES = 64 << 10;

    private final int recordBytes;
    private final Setting setting;

    /** Appends records of a size. */
    public ChronicleBlocks(int recordBytes, Setting setting) {
        this.recordBytes = recordBytes;
        this.setting = setting;
    }

    /** Megabytes a second. */
    @Override
    public Timing run(long operations) throws Exception {
        int block = setting.number("block") / recordBytes * recordBytes;
        try (TemporaryFolder folder = TemporaryFolder.create();
                ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder.path())
                        .blockSize(setting.number("chunk"))
                        .build();
                ExcerptAppender appender = queue.createAppender()) {
            Bytes<ByteBuffer> bytes = Bytes.elasticByteBuffer(block, block);
            try {
                fill(bytes, block);
                long left = operations * recordBytes;
                long start = System.nanoTime();
                while (left > 0) {
                    bytes.readPositionRemaining(0, Math.min(block, left));
                    appender.writeBytes(bytes);
                    left -= block;
                }
                long elapsed = System.nanoTime() - start;
                return Timing.of(operations * recordBytes * 1e3 / elapsed, elapsed);
            } finally {
                bytes.releaseLast();
            }
        }
    }

    private static void fill(Bytes<ByteBuffer> bytes, int block) {
        for (int i = 0; i < block; i += Long.BYTES) {
            bytes.writeLong(i);
        }
    }
}
