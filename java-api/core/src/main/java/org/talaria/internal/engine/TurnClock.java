package org.talaria.internal.engine;

import org.talaria.internal.memory.SampleDescriptor;

/** The time of a turn, read once a turn where a handler asks for it; and whether its runs are timed. One thread at a time. */
final class TurnClock {
    private final long block;
    private long number;
    private int lane;
    private boolean read;
    private boolean sampled;
    private long nowNs;

    /** @param block of the worker whose turns these are */
    TurnClock(long block) {
        this.block = block;
    }

    /** A block of records begins, maybe of another turn. */
    void enter(long ofNumber, int ofLane) {
        if (ofNumber != number || ofLane != lane) {
            read = false;
            number = ofNumber;
            lane = ofLane;
            sampled = (ofNumber & SampleDescriptor.TIMED_EVERY - 1) == 0;
        }
    }

    long nowNs() {
        if (!read) {
            read = true;
            nowNs = Engine.turnTime(block);
        }
        return nowNs;
    }

    /** Whether it is measured what the handlers of this turn take: one turn of some. */
    boolean sampled() {
        return sampled;
    }
}
