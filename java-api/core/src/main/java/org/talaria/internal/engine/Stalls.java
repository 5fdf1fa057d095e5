package org.talaria.internal.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.WorkerDescriptor;

/**
 * Reports handlers that run for longer than a threshold, while they do, once each; an endpoint that is slow again and again once a second. What it sees is a drainer that is at the
 * same message as at the look before: time counts from the first such look, and of the time between two looks two intervals at most, so that a machine that stood still is
 * no handler's fault.
 */
final class Stalls implements Duty {
    private static final long REPORT_AGAIN_NS = 1_000_000_000;
    private static final long MOST_BETWEEN_NS = 2 * Keeper.ACTIVE_NS;

    private final Engine engine;
    private final long thresholdNs;
    private final Seen[] seen;
    /** When an endpoint was reported last, by its row: a few, forgotten after a second. */
    private final Map<Integer, Long> reportedNs = new HashMap<>();

    /** What a drainer was at. */
    private static final class Seen {
        long position = -1;
        int endpoint = -1;
        long turnStartNs;
        long lookedNs;
        long sameNs;
        boolean told;
    }

    Stalls(Engine engine) {
        this.engine = engine;
        thresholdNs = engine.config().stallThreshold().toNanos();
        seen = new Seen[engine.layout().drainers()];
        for (int worker = 0; worker < seen.length; worker++) {
            seen[worker] = new Seen();
        }
    }

    @Override
    public void look(long nowNs) {
        if (thresholdNs == 0) {
            return;
        }
        for (int worker = 0; worker < seen.length; worker++) {
            look(worker, seen[worker], nowNs);
        }
    }

    private void look(int worker, Seen last, long nowNs) {
        long block = engine.workerBlock(worker);
        int shard = Mem.getIntVolatile(block + WorkerDescriptor.SHARD_OFFSET);
        int endpoint = Mem.getIntVolatile(block + WorkerDescriptor.ENDPOINT_OFFSET);
        long position = Mem.getLongVolatile(block + WorkerDescriptor.POSITION_OFFSET);
        long turnStartNs = Mem.getLongVolatile(block + WorkerDescriptor.TURN_START_NS_OFFSET);
        boolean runs = shard >= 0
                && endpoint >= 0
                && Mem.getIntVolatile(block + WorkerDescriptor.ACTIVE_OFFSET) != 0
                && engine.cellAt(endpoint) != null;
        if (runs && endpoint == last.endpoint && position == last.position && turnStartNs == last.turnStartNs) {
            last.sameNs += Math.min(MOST_BETWEEN_NS, nowNs - last.lookedNs);
        } else {
            last.endpoint = runs ? endpoint : -1;
            last.position = position;
            last.turnStartNs = turnStartNs;
            last.sameNs = 0;
            last.told = false;
        }
        last.lookedNs = nowNs;
        if (runs && !last.told && last.sameNs >= thresholdNs) {
            last.told = true;
            engine.counters().stalled();
            report(worker, shard, endpoint, nowNs);
        }
    }

    private void report(int worker, int shard, int endpoint, long nowNs) {
        reportedNs.values().removeIf(then -> nowNs - then >= REPORT_AGAIN_NS);
        Cell<?> cell = engine.cellAt(endpoint);
        if (cell != null && reportedNs.putIfAbsent(endpoint, nowNs) == null) {
            engine.deadLetters().error(cell.endpointName(), stall(cell, worker, shard));
        }
    }

    /** The same words for the same stall, so that the error log has them once: how long is the threshold, of which this is the end. */
    private TalariaException stall(Cell<?> cell, int worker, int shard) {
        Thread thread = engine.drainerThread(worker);
        boolean cpp = cell.kind() == EndpointDescriptor.KIND_NATIVE;
        String text = "the handler of " + cell.endpointName() + " has run for " + thresholdNs / 1_000_000 + " ms on "
                + name(thread, worker) + ", which drains shard " + shard + " meanwhile and no other"
                + (cpp ? "; it is C++, so the stack ends where Java called the worker" : "");
        TalariaException stall = new TalariaException(text);
        stall.setStackTrace(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
        return stall;
    }

    private static String name(@Nullable Thread thread, int worker) {
        return thread == null ? "drainer " + worker : thread.getName() + " (drainer " + worker + ")";
    }
}
