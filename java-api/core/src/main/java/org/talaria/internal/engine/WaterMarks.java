package org.talaria.internal.engine;

import java.util.function.Consumer;
import org.talaria.Priority;
import org.talaria.TalariaConfig;
import org.talaria.WaterMark;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * Tells a listener when a lane has filled, and when it has emptied again. It looks now and then, so that neither senders nor drainers do more than without it. By the polling
 * thread only.
 */
final class WaterMarks extends TimerEntry {
    private static final long LOOK_NS = 10_000_000;
    private static final int TRIES = 3;
    private static final long MOVING = -1;

    private final Engine engine;
    private final Consumer<WaterMark> listener;
    private final long highBytes;
    private final long lowBytes;
    /** By lane: told that it is high, and not that it is low again. */
    private final boolean[] high;

    private WaterMarks(Engine engine, Consumer<WaterMark> listener) {
        this.engine = engine;
        this.listener = listener;
        TalariaConfig config = engine.config();
        int capacity = engine.layout().ringCapacity();
        highBytes = (long) Math.ceil(config.highWater() * capacity);
        lowBytes = (long) (config.lowWater() * capacity);
        high = new boolean[engine.lanes().lanes()];
    }

    /** Looks from now on, where somebody listens. */
    static void watch(Engine engine) {
        Consumer<WaterMark> listener = engine.config().onWaterMark();
        if (listener != null) {
            engine.timerService().schedule(new WaterMarks(engine, listener), LOOK_NS);
        }
    }

    @Override
    public void run() {
        try {
            for (int lane = 0; lane < high.length; lane++) {
                look(lane);
            }
        } finally {
            engine.timerService().schedule(this, LOOK_NS);
        }
    }

    private void look(int lane) {
        // Null: its shard is set apart, and has no endpoint yet
        ClaimRing ring = engine.laneRings()[lane];
        long inRing = ring == null ? MOVING : taken(ring);
        if (inRing == MOVING) {
            return;
        }
        // Senders from outside see it as full (R17)
        boolean overflowing = engine.overflowing(lane);
        long waiting = inRing + Mem.getLongVolatile(engine.laneAddress(lane) + ShardDescriptor.OVERFLOW_BYTES_OFFSET);
        boolean filled = overflowing || waiting >= highBytes;
        boolean emptied = !overflowing && waiting <= lowBytes;
        if (high[lane] ? emptied : filled) {
            high[lane] = filled;
            tell(lane, waiting);
        }
    }

    /** Bytes that take room in a ring. @return {@link #MOVING} where its head does not stand still between two looks: to be seen the next time */
    private static long taken(ClaimRing ring) {
        for (int i = 0; i < TRIES; i++) {
            long head = ring.head();
            long tail = ring.tail();
            if (ring.head() == head) {
                return tail - head;
            }
        }
        return MOVING;
    }

    private void tell(int lane, long waiting) {
        WaterMark mark = new WaterMark(
                engine.shardOf(lane),
                Priority.values()[engine.lanes().priorityOf(lane)],
                high[lane],
                waiting,
                engine.layout().ringCapacity());
        try {
            listener.accept(mark);
        } catch (Throwable e) {
            engine.deadLetters().error("listener of water marks", e);
        }
    }
}
