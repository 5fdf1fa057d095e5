package org.talaria.internal.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.agrona.BufferUtil;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.bindings.CoreApi;
import org.talaria.bindings.NativeLibrary;
import org.talaria.internal.memory.LayoutHash;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/** The C++ endpoints of a replay: a native engine over the same region, whose workers never run. One thread. */
final class NativeReplay {
    private static final int FIRST_BYTES = 64 << 10;
    private static final int TOO_SMALL = -2;

    private final ReplayEngine owner;
    private final long engine;
    private final Set<Integer> rows = new HashSet<>();

    NativeReplay(ReplayEngine owner) {
        this.owner = owner;
        NativeLibrary.Status status = NativeLibrary.load(Engines.ABI_VERSION, LayoutHash.hash(), LayoutHash.text());
        if (!status.available()) {
            throw new TalariaException("the journal has C++ endpoints, and the native library cannot be had: "
                    + status.reason() + ". Replay the others with --endpoint, or register a Java twin");
        }
        engine = CoreApi.engineOpen(
                owner.region().address(),
                owner.region().rows(),
                (address, length, position, shard, worker) -> -1,
                (record, reason, text, shard, worker) -> {},
                (endpoint, worker) -> -1);
        if (engine < 0) {
            throw new TalariaException("the native engine did not open for a replay: " + CoreApi.lastError());
        }
    }

    boolean has(int row) {
        return rows.contains(row);
    }

    void create(String name, Path library, String symbol) {
        long found = CoreApi.handlerFind(engine, library.toAbsolutePath().toString(), symbol);
        if (found < 0) {
            throw new TalariaException("handler " + symbol + " of " + library + " cannot be used: "
                    + CoreApi.lastError() + ". Name the right library with --library");
        }
        IntHashSet known = new IntHashSet();
        for (int i = 0; i < CoreApi.handlerSchemaCount(found); i++) {
            known.add(CoreApi.handlerSchemaId(found, i));
        }
        owner.lifecycle()
                .create(
                        name,
                        ActorOptions.options(),
                        null,
                        (n, index, half) -> new ReplayedHandler(owner, n, index, half, known),
                        cell -> {
                            owner.senders().give(cell);
                            if (CoreApi.handlerCreate(engine, found, cell.index()) < 0) {
                                throw new TalariaException(
                                        "handler " + symbol + " could not be created: " + CoreApi.lastError());
                            }
                            rows.add(cell.index());
                        });
    }

    boolean feed(long record, long nowNs) {
        int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
        int row = Mem.getInt(record + RecordDescriptor.TARGET_OFFSET);
        if (type == RecordDescriptor.CONTROL_STOP) {
            Cell<?> cell = owner.cellAt(row);
            owner.lifecycle().finish(cell);
            return true;
        }
        return CoreApi.handlerReplay(engine, row, record, nowNs) >= 0;
    }

    byte @Nullable [] snapshot(int row) {
        ByteBuffer buffer = BufferUtil.allocateDirectAligned(FIRST_BYTES, 64);
        int length = CoreApi.handlerSnapshot(engine, row, BufferUtil.address(buffer), buffer.capacity());
        if (length <= TOO_SMALL) {
            buffer = BufferUtil.allocateDirectAligned(TOO_SMALL - length, 64);
            length = CoreApi.handlerSnapshot(engine, row, BufferUtil.address(buffer), buffer.capacity());
        }
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    void destroy(int row) {
        if (rows.remove(row)) {
            CoreApi.handlerDestroy(engine, row);
        }
    }

    void close() {
        for (int row : Set.copyOf(rows)) {
            destroy(row);
        }
        CoreApi.engineClose(engine);
    }
}
