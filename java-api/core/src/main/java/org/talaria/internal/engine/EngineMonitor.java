package org.talaria.internal.engine;

import org.jspecify.annotations.Nullable;
import org.talaria.EngineSnapshot;
import org.talaria.Monitor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.internal.monitor.DumpText;
import org.talaria.internal.monitor.RegionFigures;

/** The figures of an engine from within its process: those of the region, and what only this process knows, its threads. */
final class EngineMonitor implements Monitor {
    private final Engine engine;
    private volatile @Nullable EngineSnapshot last;

    EngineMonitor(Engine engine) {
        this.engine = engine;
    }

    @Override
    public EngineSnapshot snapshot() {
        EngineSnapshot closed = last;
        return closed != null ? closed : read();
    }

    private EngineSnapshot read() {
        return new RegionFigures(engine.region().address(), engine.region().rows())
                .snapshot(engine.clock().nanoTime());
    }

    /** The engine is closed, and its rings are given back: from now on this is what is known. */
    void close() {
        last = read();
    }

    @Override
    public String dump() {
        return new DumpText(snapshot(), this::thread).toString();
    }

    private String thread(int worker) {
        boolean drains = Mem.getIntVolatile(engine.workerBlock(worker) + WorkerDescriptor.SHARD_OFFSET) >= 0;
        Thread thread = last != null || !drains ? null : engine.drainerThread(worker);
        if (thread == null) {
            return "";
        }
        StringBuilder text =
                new StringBuilder("    thread ").append(thread.getName()).append('\n');
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("      at ").append(element).append('\n');
        }
        return text.toString();
    }
}
